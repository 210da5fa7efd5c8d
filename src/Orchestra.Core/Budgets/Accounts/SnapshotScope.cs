namespace Orchestra.Core.Budgets.Accounts;

/// <summary>One scope in a snapshot; amounts are nano-dollars, reserved ones follow from the open reservations.</summary>
/// <param name="Level">The scope's level.</param>
/// <param name="Id">The scope's id.</param>
/// <param name="At">When it was spent from last; milliseconds since 1970, UTC.</param>
/// <param name="Ever">Settled in all.</param>
/// <param name="Total">Settled in all since the last reset.</param>
/// <param name="Hour">Settled in the hour of <paramref name="At"/>.</param>
/// <param name="Day">Settled on the day of <paramref name="At"/>.</param>
/// <param name="Week">Settled in the week of <paramref name="At"/>.</param>
/// <param name="Month">Settled in the month of <paramref name="At"/>.</param>
/// <param name="Budgets">Its budgets.</param>
public sealed record SnapshotScope(
    BudgetLevel Level, string Id, long At, Int128 Ever, Int128 Total, Int128 Hour, Int128 Day, Int128 Week, Int128 Month, IReadOnlyList<SnapshotBudget> Budgets)
{
    internal static SnapshotScope From(ScopeAccount scope, long now) => new(
        scope.Scope.Level, scope.Scope.Id, scope.Sums.At, scope.Sums.Ever, scope.Sums.Total, scope.Sums.Hour, scope.Sums.Day, scope.Sums.Week, scope.Sums.Month,
        [.. scope.Budgets.Select(budget => SnapshotBudget.From(budget, now))]);

    internal void Restore(ScopeAccount scope)
    {
        scope.Sums = new ScopeSums(At, Ever, Total, Hour, Day, Week, Month, 0);
        scope.Budgets = [.. Budgets.Select(budget => budget.ToBudget())];
    }
}
