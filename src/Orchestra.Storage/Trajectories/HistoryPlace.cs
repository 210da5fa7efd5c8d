namespace Orchestra.Storage.Trajectories;

/// <summary>A place among all trajectories, which lie by time and id.</summary>
/// <param name="StartedAt">When the trajectory started.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct HistoryPlace(DateTimeOffset StartedAt, string Id);
