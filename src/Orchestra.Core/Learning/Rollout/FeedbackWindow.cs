using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>
/// Counts every query of a canary's stage a second time when clients have had their time to speak of it, with what they said: each one once, whichever host served it, whichever
/// took the feedback, and however often that was changed.
/// </summary>
/// <param name="store">The queries whose time is not over, and the sums.</param>
/// <param name="history">What clients said.</param>
/// <param name="tallies">Queries of this host that the store has not got yet.</param>
/// <param name="options">How long clients have.</param>
/// <param name="time">The clock.</param>
public sealed class FeedbackWindow(IPolicyStore store, ITrajectoryHistory history, RolloutTallies tallies, RolloutOptions options, TimeProvider time)
{
    private const int AtOnce = 500;
    private const int MostPages = 20;
    private const double Half = 0.5;

    /// <summary>Hands this host's queries to the store.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        var queries = tallies.TakeAwaiting();
        if (queries.Count == 0)
            return;
        try
        {
            await store.AddAwaitingAsync(queries, ct);
        }
        catch
        {
            foreach (var query in queries)
                tallies.Await(query);
            throw;
        }
    }

    /// <summary>Counts the queries whose time is over.</summary>
    public async Task CountAsync(CancellationToken ct)
    {
        var over = time.GetUtcNow() - options.FeedbackWindow;
        for (var page = 0; page < MostPages; page++)
        {
            var queries = await store.ReadAwaitingAsync(over, AtOnce, ct);
            if (queries.Count == 0)
                return;
            var feedback = await history.ReadFeedbackAsync([.. queries.Select(query => query.TrajectoryId)], ct);
            await store.CountAsync([.. queries.Select(query => query with { IsRejected = query.IsRejected || IsDisliked(query, feedback[query.TrajectoryId]) })], ct);
            if (queries.Count < AtOnce)
                return;
        }
    }

    /// <summary>Whether the scores that were given in time lie below a half on average; of each key the last one is kept.</summary>
    private bool IsDisliked(AwaitingQuery query, IEnumerable<Feedback> feedback)
    {
        var scores = feedback.Where(one => one.GivenAt <= query.EndedAt + options.FeedbackWindow).Select(one => one.Score).OfType<double>().ToList();
        return scores.Count > 0 && scores.Average() < Half;
    }
}
