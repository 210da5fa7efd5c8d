using System.Globalization;

namespace Orchestra.Core.Budgets.Warnings;

/// <summary>What a webhook is told: what is spent reached one of a budget's warning lines.</summary>
/// <param name="Id">The warning, the same in every delivery of it.</param>
/// <param name="Type">Always <c>budget.warning</c>.</param>
/// <param name="Tenant">Whose money.</param>
/// <param name="Scope">Whose budget: <c>tenant</c>, <c>team:ID</c>, <c>user:ID</c> or <c>key:ID</c>.</param>
/// <param name="Window">The budget's window.</param>
/// <param name="LinePercent">The line, per cent of the limit.</param>
/// <param name="SpentUsd">Spent in the window when the line was reached.</param>
/// <param name="LimitUsd">The limit then, extra money included.</param>
/// <param name="At">When.</param>
/// <param name="WindowEndsAt">When the window ends; null where it never does, or slides.</param>
public sealed record BudgetWarning(
    string Id, string Type, string Tenant, string Scope, string Window, int LinePercent, Money SpentUsd, Money LimitUsd, DateTimeOffset At, DateTimeOffset? WindowEndsAt)
{
    /// <summary>The warning that a ledger's entry records; throws <see cref="InvalidDataException"/> where it is none.</summary>
    public static BudgetWarning From(in LedgerEntry entry)
    {
        var slash = entry.Detail.IndexOf('/', StringComparison.Ordinal);
        if (entry.Kind != LedgerEntryKind.Warn || slash < 0 || !Money.TryParse(entry.Detail[(slash + 1)..], out var limit) ||
            !int.TryParse(entry.Detail.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            throw new InvalidDataException($"Entry {entry.Version} of tenant {entry.TenantId} is no warning.");
        return new($"{entry.TenantId}/{entry.OperationId}", "budget.warning", entry.TenantId, entry.Scope.ToString(), entry.Window.ToString(), line, entry.Amount, limit, entry.At, entry.Until);
    }
}
