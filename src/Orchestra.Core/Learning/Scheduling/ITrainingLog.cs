using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>Sees to it that of all hosts of a database one trains at a time, and keeps how far trainings have read.</summary>
public interface ITrainingLog
{
    /// <summary>Begins a training for a host; false where another one is under way or the last one began too short a time ago.</summary>
    /// <param name="host">Names the host.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">How long others wait where this host ends without a word.</param>
    /// <param name="every">The time between the beginnings of two trainings.</param>
    /// <param name="ct">Stops it.</param>
    Task<bool> TryBeginAsync(string host, DateTimeOffset now, TimeSpan lease, TimeSpan every, CancellationToken ct);

    /// <summary>The place in the log of changes up to which outcomes were trained on.</summary>
    Task<ChangePlace> ReadPlaceAsync(CancellationToken ct);

    /// <summary>Ends the host's training; nothing where its lease went to another one.</summary>
    /// <param name="host">The host.</param>
    /// <param name="place">The place up to which outcomes were trained on.</param>
    /// <param name="ct">Stops it.</param>
    Task EndAsync(string host, ChangePlace place, CancellationToken ct);
}
