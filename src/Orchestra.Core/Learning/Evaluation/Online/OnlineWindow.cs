using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>How good the preferences were before and after a number of queries, on average over the orders.</summary>
/// <param name="Queries">The number of queries.</param>
/// <param name="ApgrUntil">APGR of the preferences for the first so many queries of each order; null at 0.</param>
/// <param name="ApgrAfter">APGR of the preferences for the queries that follow them; null where none do.</param>
/// <param name="SpreadAfter">Standard deviation of <paramref name="ApgrAfter"/> over the orders; not a number with a single order.</param>
public sealed record OnlineWindow(int Queries, Estimate? ApgrUntil, Estimate? ApgrAfter, double SpreadAfter);
