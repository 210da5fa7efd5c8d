namespace Orchestra.Core.Budgets.Accounts;

/// <summary>A budget in a snapshot; times are milliseconds since 1970, UTC.</summary>
/// <param name="Window">The number of its window.</param>
/// <param name="Limit">Nano-dollars; null for none.</param>
/// <param name="Extras">Grants and raises.</param>
/// <param name="ResetAt">When it was reset last.</param>
/// <param name="ChangedIn">The entry that changed the limit last.</param>
/// <param name="WarnedLine">The highest warning line that has fired.</param>
/// <param name="WarnedAt">When it fired.</param>
/// <param name="Lines">Its own warning lines.</param>
/// <param name="Steps">What was spent in a rolling window; null for other windows.</param>
public sealed record SnapshotBudget(
    int Window, long? Limit, IReadOnlyList<BudgetExtra> Extras, long ResetAt, long ChangedIn, int WarnedLine, long WarnedAt, IReadOnlyList<int>? Lines,
    IReadOnlyList<RollingStep>? Steps)
{
    internal static SnapshotBudget From(Budget budget, long now) => new(
        budget.Window.Code, budget.Limit?.Nanos, budget.Extras, budget.ResetAt, budget.ChangedIn, budget.WarnedLine, budget.WarnedAt, budget.Lines,
        budget.Rolling?.StepsAt(now));

    internal Budget ToBudget()
    {
        var window = BudgetWindow.FromCode(Window);
        var rolling = window.Kind == BudgetWindowKind.Rolling ? new RollingSum(window.Days) : null;
        rolling?.Restore(Steps ?? []);
        return new Budget(window)
        {
            Limit = Limit is { } nanos ? new Money(nanos) : null, Extras = Extras, ResetAt = ResetAt, ChangedIn = ChangedIn, WarnedLine = WarnedLine, WarnedAt = WarnedAt,
            Lines = Lines, Rolling = rolling,
        };
    }
}
