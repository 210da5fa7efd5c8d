using System.Runtime.CompilerServices;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Accumulation;

/// <summary>The outcomes that a host's own traffic has led to.</summary>
public static class OutcomeHistory
{
    /// <summary>The rows that the trajectories make, by the time at which these started, in bounded memory.</summary>
    /// <param name="history">The trajectories.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="skipped">Told of each trajectory that makes no row; null where nobody wants to know.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async IAsyncEnumerable<OutcomeRow> ReadOutcomesAsync(
        this ITrajectoryHistory history, TrajectoryFilter filter, Action<RowSkip>? skipped = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var trajectory in history.ReadAsync(filter, ct))
        {
            if (OutcomeDerivation.Derive(trajectory, out var reason) is { } row)
                yield return row;
            else
                skipped?.Invoke(reason);
        }
    }
}
