using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>What the ledger must say and what it says.</summary>
/// <param name="Requests">Answers that came through the node.</param>
/// <param name="Each">What one costs.</param>
/// <param name="Expected">What all of them cost.</param>
/// <param name="Spent">What the ledger has settled.</param>
/// <param name="Reserved">What it still holds; must be nothing.</param>
internal sealed record LedgerCheck(long Requests, Money Each, Money Expected, Money Spent, Money Reserved)
{
    public bool Agrees => Spent == Expected && Reserved.IsZero;
}
