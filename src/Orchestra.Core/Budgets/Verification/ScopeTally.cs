namespace Orchestra.Core.Budgets.Verification;

/// <summary>What the rows of a scope add up to, in nano-dollars.</summary>
internal sealed class ScopeTally(BudgetScope scope)
{
    public BudgetScope Scope => scope;

    public Int128 Spent { get; set; }

    public Int128 Reserved { get; set; }
}
