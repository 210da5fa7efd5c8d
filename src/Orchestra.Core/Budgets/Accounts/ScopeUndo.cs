namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What a scope was before a proposed entry changed it.</summary>
/// <param name="Account">The scope.</param>
/// <param name="Sums">Its numbers.</param>
/// <param name="Budgets">Its budgets.</param>
/// <param name="Spent">What the entry counted in its rolling windows.</param>
/// <param name="BilledAt">When that was billed.</param>
/// <param name="At">The entry's time.</param>
internal readonly record struct ScopeUndo(ScopeAccount Account, ScopeSums Sums, Budget[] Budgets, Int128 Spent, long BilledAt, long At)
{
    public void Run()
    {
        if (Spent != 0)
            Account.AddRolling(Spent, BilledAt, At, takesBack: true);
        Account.Sums = Sums;
        Account.Budgets = Budgets;
    }
}
