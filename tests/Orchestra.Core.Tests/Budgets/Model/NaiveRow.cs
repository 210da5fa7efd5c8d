using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>A row of the reference: an entry, who pays for it, and the row of the expiry that it corrects.</summary>
public sealed record NaiveRow(LedgerEntry Entry, int Index, Payer? Payer, NaiveRow? Expiry)
{
    public LedgerEntryKind Kind => Entry.Kind;

    public DateTimeOffset At => Entry.At;

    public long Nanos => Entry.Amount.Nanos;

    public bool IsSpending => Kind is LedgerEntryKind.Settle or LedgerEntryKind.Expire;

    public bool IsPaidBy(BudgetScope scope) => Payer is not null && (scope.Level switch
    {
        BudgetLevel.Tenant => true,
        BudgetLevel.Team => Payer.TeamId == scope.Id,
        BudgetLevel.User => Payer.UserId == scope.Id,
        _ => Payer.KeyId == scope.Id,
    });

    public bool IsAbout(BudgetScope scope, BudgetWindow window) => Entry.IsAboutBudget && Kind != LedgerEntryKind.SetTimeZone && Entry.Scope == scope && Entry.Window == window;
}
