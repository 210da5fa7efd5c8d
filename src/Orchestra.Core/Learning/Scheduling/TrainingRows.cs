using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>The outcomes that a scheduled training reads.</summary>
/// <param name="All">The newest outcomes within the window, by time.</param>
/// <param name="New">The trajectories of which something became known since the last training.</param>
/// <param name="Place">How far the log of changes was read.</param>
internal sealed record TrainingRows(IReadOnlyList<OutcomeRow> All, IReadOnlySet<string> New, ChangePlace Place)
{
    private const int PageSize = 256;
    private const int HeldPercent = 30;

    /// <summary>Whether there are enough new ones.</summary>
    public bool AreEnough(int least) => New.Count >= least && All.Count(row => New.Contains(row.Id)) >= least;

    /// <summary>Reads them in bounded memory.</summary>
    /// <param name="history">The trajectories.</param>
    /// <param name="telling">Which outcomes count.</param>
    /// <param name="from">How far the last training has read.</param>
    /// <param name="since">The beginning of the window.</param>
    /// <param name="max">Rows at most.</param>
    /// <param name="least">New rows without which the rest is not read.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<TrainingRows> ReadAsync(ITrajectoryHistory history, TellingOutcomes telling, ChangePlace from, DateTimeOffset since, int max, int least, CancellationToken ct)
    {
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        ChangePage page;
        do
        {
            page = await history.ReadChangesAsync(from, PageSize, ct);
            foreach (var trajectory in page.Trajectories)
            {
                if (fresh.Count < max && trajectory.StartedAt >= since && telling.Of(trajectory) is not null)
                    fresh.Add(trajectory.Id);
            }

            from = page.Place;
        }
        while (!page.IsLast);
        var rows = new Queue<OutcomeRow>();
        if (fresh.Count >= least)
        {
            await foreach (var trajectory in history.ReadAsync(new TrajectoryFilter(Since: since), ct))
            {
                if (telling.Of(trajectory) is not { } row)
                    continue;
                if (rows.Count == max)
                    rows.Dequeue();
                rows.Enqueue(row);
            }
        }

        return new TrainingRows([.. rows], fresh, from);
    }

    /// <summary>Parts the rows: some of the new ones are held out, since no policy has seen them; the others are learned from.</summary>
    public (ReplayTable Train, ReplayTable Held) Split()
    {
        var table = ReplayTable.Create(All);
        var parts = table.Rows.ToLookup(row => New.Contains(row.Id) && RowHash.Of(row.Prompt, seed: 3) % 100 < HeldPercent);
        return (table.With([.. parts[false]]), table.With([.. parts[true]]));
    }
}
