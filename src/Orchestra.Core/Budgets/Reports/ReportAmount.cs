using System.Globalization;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>Writes sums, which may be larger than any one amount.</summary>
public static class ReportAmount
{
    /// <summary>The exact number of dollars as a decimal string without superfluous zeros.</summary>
    public static string Of(Int128 nanos) => ((decimal)nanos / Money.NanosPerDollar).ToString("0.#########", CultureInfo.InvariantCulture);
}
