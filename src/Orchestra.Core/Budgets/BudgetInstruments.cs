using System.Diagnostics.Metrics;

namespace Orchestra.Core.Budgets;

/// <summary>What the tenants' money does, for whoever listens to the meter <c>Orchestra.Budgets</c>.</summary>
internal static class BudgetInstruments
{
    private static readonly Meter Meter = new("Orchestra.Budgets");

    private static readonly Counter<long> Warnings = Meter.CreateCounter<long>(
        "orchestra.budget.warnings", "{warning}", "Warning lines that what is spent has reached.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("orchestra.budget.refusals", "{operation}", "Reservations and extensions that a limit refused.");

    private static readonly Counter<double> Uncovered = Meter.CreateCounter<double>("orchestra.budget.uncovered", "{USD}", "What calls cost beyond what the limits allowed.");

    private static readonly Histogram<int> Batch = Meter.CreateHistogram<int>("orchestra.ledger.batch", "{operation}", "Operations in one commit.");

    private static readonly Histogram<double> Commit = Meter.CreateHistogram<double>("orchestra.ledger.commit.duration", "s", "How long a commit takes, decisions included.");

    public static void Warned(in LedgerEntry warning) => Warnings.Add(
        1, new("orchestra.budget.level", warning.Scope.Level.ToString().ToLowerInvariant()), new("orchestra.budget.window", warning.Window.ToString()));

    public static void Refused(BudgetScope scope) => Refusals.Add(1, new KeyValuePair<string, object?>("orchestra.budget.level", scope.Level.ToString().ToLowerInvariant()));

    public static void LeftUncovered(Money amount) => Uncovered.Add((double)amount.Nanos / Money.NanosPerDollar);

    public static void Committed(int operations, TimeSpan duration)
    {
        Batch.Record(operations);
        Commit.Record(duration.TotalSeconds);
    }
}
