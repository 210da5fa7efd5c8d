using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Trajectories;

/// <summary>A change of the log with its trajectory.</summary>
/// <param name="Place">Where it stands in the log.</param>
/// <param name="Row">The trajectory, without a body where it is not written yet.</param>
internal sealed record ChangeRow(ChangePlace Place, HistoryRow Row);
