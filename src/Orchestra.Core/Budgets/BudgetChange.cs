namespace Orchestra.Core.Budgets;

/// <summary>A change of a tenant's budgets by people, with an id by which it counts once.</summary>
/// <param name="OperationId">The operation, unique in the tenant's ledger; the same id with other contents is an error.</param>
public abstract record BudgetChange(string OperationId)
{
    /// <summary>
    /// A version that was shown, of the budget or of all budgets of the account: the change is made only where the budget has not changed since; null
    /// where any state is good.
    /// </summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Sets, changes or removes (null) a hard limit; what is spent in the window stays spent.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Scope">Whose money it limits.</param>
    /// <param name="Window">The window that it covers.</param>
    /// <param name="Limit">The limit; null for none.</param>
    /// <param name="WarningLines">Per cent of the limit, rising; null for the installation's.</param>
    public sealed record SetLimit(string OperationId, BudgetScope Scope, BudgetWindow Window, Money? Limit, IReadOnlyList<int>? WarningLines = null)
        : BudgetChange(OperationId);

    /// <summary>Removes a hard limit that there is.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Scope">Whose budget.</param>
    /// <param name="Window">Its window.</param>
    public sealed record Remove(string OperationId, BudgetScope Scope, BudgetWindow Window) : BudgetChange(OperationId);

    /// <summary>Adds money to a limit: for the present window, or for good where the budget covers all time.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Scope">Whose budget.</param>
    /// <param name="Window">Its window.</param>
    /// <param name="Amount">How much, more than zero.</param>
    public sealed record Grant(string OperationId, BudgetScope Scope, BudgetWindow Window, Money Amount) : BudgetChange(OperationId);

    /// <summary>Adds money to a limit until a date, in every window up to then.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Scope">Whose budget.</param>
    /// <param name="Window">Its window.</param>
    /// <param name="Amount">How much, more than zero.</param>
    /// <param name="Until">When the raise ends.</param>
    public sealed record Raise(string OperationId, BudgetScope Scope, BudgetWindow Window, Money Amount, DateTimeOffset Until) : BudgetChange(OperationId);

    /// <summary>Forgives what is spent in a budget's present window.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="Scope">Whose budget.</param>
    /// <param name="Window">Its window.</param>
    public sealed record Reset(string OperationId, BudgetScope Scope, BudgetWindow Window) : BudgetChange(OperationId);

    /// <summary>Sets the time zone in which calendar windows begin; what is counted in the present windows stays counted.</summary>
    /// <param name="OperationId">The operation.</param>
    /// <param name="TimeZone">An IANA name, such as <c>Europe/Berlin</c>.</param>
    public sealed record SetTimeZone(string OperationId, string TimeZone) : BudgetChange(OperationId);
}
