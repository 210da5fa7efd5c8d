using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>Estimates what a candidate policy would have reached on traffic that other policies served, from the odds with which these drew their moves.</summary>
public static class OffPolicyEvaluation
{
    /// <summary>Reads the trajectories and estimates; the candidate always takes its best move.</summary>
    /// <param name="log">The trajectories with their feedback.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<OffPolicyReport> RunAsync(IAsyncEnumerable<Trajectory> log, Policy candidate, OffPolicyOptions options, CancellationToken ct)
    {
        // λ comes with each situation's preference.
        using var conductor = new LearnedConductor(candidate, new Abstaining(), new LearnedOptions { Lambda = 1, Explore = 0 }, new Random(0));
        return await RunAsync(log, conductor, options, ct);
    }

    /// <summary>The same for any conductor whose decisions have odds.</summary>
    internal static async Task<OffPolicyReport> RunAsync(IAsyncEnumerable<Trajectory> log, IConductor candidate, OffPolicyOptions options, CancellationToken ct)
    {
        var reader = new LoggedQueryReader(candidate, options.Experts, options.Lambda);
        var queries = new List<LoggedQuery>();
        var skipped = new SortedDictionary<QuerySkip, long>();
        var (read, isCut) = (0L, false);
        await foreach (var trajectory in log.WithCancellation(ct))
        {
            isCut = queries.Count >= options.MaxQueries;
            if (isCut)
                break;
            read++;
            var (query, reason) = await reader.ReadAsync(trajectory, ct);
            if (query is null)
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            else
                queries.Add(query);
        }

        var report = new OffPolicyReport { Trajectories = read, Skipped = skipped, UnknownExperts = [.. reader.Unknown], IsCut = isCut, Queries = queries.Count };
        report = queries.Count == 0 ? report : Estimate(report, queries, reader.Experts, options.MaxWeight, ct);
        return report with { Cautions = OffPolicyCautions.Of(report) };
    }

    private static OffPolicyReport Estimate(OffPolicyReport report, List<LoggedQuery> queries, int experts, double maxWeight, CancellationToken ct)
    {
        var decisions = queries.SelectMany(query => query.Decisions).ToList();
        var scored = queries.Where(query => query.Score is not null).ToList();
        return report with
        {
            DecisionsPerQuery = (double)decisions.Count / queries.Count,
            Agreement = decisions.Average(decision => decision.Moves[decision.Made].Chance),
            Unsupported = decisions.Average(decision => decision.Moves.Sum(move => move.WasPossible ? 0 : move.Chance)),
            Dollars = Estimate(queries, experts, (query, at) => query.Decisions[at].Dollars, double.MaxValue, maxWeight, ct),
            // The score is known at the end, and belongs to the last decision.
            Score = scored.Count == 0 ? null : Estimate(scored, experts, (query, at) => at == query.Decisions.Count - 1 ? query.Score!.Value : 0, 1, maxWeight, ct),
        };
    }

    private static OffPolicyEstimate Estimate(List<LoggedQuery> queries, int experts, Func<LoggedQuery, int, double> reward, double most, double maxWeight, CancellationToken ct)
    {
        var predictions = ReturnModel.Predict(queries, experts, reward, most, ct);
        return DoublyRobust.Estimate([.. queries.Select((query, i) => Moves(query, reward, predictions[i]))], maxWeight);
    }

    private static IReadOnlyList<LoggedMove> Moves(LoggedQuery query, Func<LoggedQuery, int, double> reward, double[][] predictions) =>
        [.. query.Decisions.Select((decision, at) => new LoggedMove(
            decision.Made, decision.Propensity, reward(query, at), [.. decision.Moves.Select(move => move.Chance)], predictions[at]))];

    /// <summary>Stands where the candidate would leave a query to another conductor, which draws nothing.</summary>
    private sealed class Abstaining : IConductor
    {
        public string Name => "none";

        public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct) =>
            ValueTask.FromResult(new Decision(new Move.Refuse(ErrorCode.InvalidRequest, "Not for this policy."), "Not for this policy."));
    }
}
