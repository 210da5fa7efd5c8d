namespace Orchestra.Core.Budgets;

/// <summary>A budget as the APIs and the audit log show it.</summary>
/// <param name="Tenant">Whose account it is part of.</param>
/// <param name="Scope">Whose money it limits: <c>tenant</c>, <c>team:ID</c>, <c>user:ID</c> or <c>key:ID</c>.</param>
/// <param name="Window">The window that it covers.</param>
/// <param name="LimitUsd">The hard limit as it was set.</param>
/// <param name="ExtraUsd">What grants and raises add to it now.</param>
/// <param name="Extras">Each of those grants and raises.</param>
/// <param name="SpentUsd">Settled in the present window.</param>
/// <param name="ReservedUsd">Set aside for calls under way.</param>
/// <param name="AvailableUsd">What may still be set aside; negative where the limit was set below what is spent.</param>
/// <param name="StartsAt">When the present window began; null where it covers all time.</param>
/// <param name="EndsAt">When the present window ends; null where it never does, or slides.</param>
/// <param name="WarnAt">Per cent of the limit at which warnings fire; null for the installation's lines.</param>
/// <param name="Version">The ledger's entry in which people changed it last.</param>
public sealed record BudgetSummary(
    string Tenant, string Scope, string Window, Money LimitUsd, Money ExtraUsd, IReadOnlyList<ExtraSummary> Extras, Money SpentUsd, Money ReservedUsd, Money AvailableUsd,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, IReadOnlyList<int>? WarnAt, long Version)
{
    /// <summary>Shows a budget that has a limit.</summary>
    public static BudgetSummary Of(string tenantId, BudgetState budget) => new(
        tenantId, budget.Scope.ToString(), budget.Window.ToString(), budget.Base!.Value, budget.Extra,
        [.. budget.Extras.Select(extra => new ExtraSummary(new Money(extra.Amount), extra.Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null))],
        budget.Spent, budget.Reserved, budget.Available!.Value, budget.StartsAt, budget.EndsAt, budget.WarningLines, budget.Version);
}
