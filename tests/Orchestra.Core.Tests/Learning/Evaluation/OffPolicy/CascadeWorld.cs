using System.Globalization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Experts;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Tests.Learning.Evaluation.OffPolicy;

/// <summary>
/// A world where every policy's value can be computed: half of the queries are hard; a cheap expert is right on .8 of the easy and .3 of the hard ones, a dear one on .9 of all, and after the
/// cheap one's answer the dear one may be asked, too, whose answer is then given.
/// </summary>
/// <param name="cheapFirst">The probability of asking the cheap expert first, for an easy and for a hard query.</param>
/// <param name="finish">The probability of ending with the cheap answer, likewise.</param>
internal sealed record CascadeWorld(double[] cheapFirst, double[] finish)
{
    public const decimal CheapDollars = 0.001m;
    public const decimal DearDollars = 0.02m;
    private const double DearIsRight = 0.9;
    private static readonly double[] CheapIsRight = [0.8, 0.3];

    public static IReadOnlyDictionary<string, ExpertDescriptor> Experts { get; } = new[] { Expert("cheap", 1), Expert("dear", 20) }.ToDictionary(expert => expert.Name);

    /// <summary>The mean score and the mean dollars.</summary>
    public (double Score, double Dollars) Truth
    {
        get
        {
            var (score, dollars) = (0.0, 0.0);
            for (var hard = 0; hard < 2; hard++)
            {
                var (first, end) = (cheapFirst[hard], finish[hard]);
                score += 0.5 * ((first * end * CheapIsRight[hard]) + (((first * (1 - end)) + 1 - first) * DearIsRight));
                dollars += 0.5 * ((first * (double)CheapDollars) + (((first * (1 - end)) + 1 - first) * (double)DearDollars));
            }

            return (score, dollars);
        }
    }

    /// <summary>Trajectories that this policy served.</summary>
    public async IAsyncEnumerable<Trajectory> LogAsync(int seed, int queries)
    {
        await Task.CompletedTask;
        var random = new Random(seed);
        for (var i = 0; i < queries; i++)
            yield return Serve(random, i);
    }

    /// <summary>Decides as this policy, and tells the odds.</summary>
    public IConductor Conductor() => new Odd(this);

    private Trajectory Serve(Random random, int number)
    {
        var hard = random.Next(2);
        var steps = new List<TrajectoryStep>();
        var asksCheap = random.NextDouble() < cheapFirst[hard];
        steps.Add(Asked(0, asksCheap, First(hard)));
        var right = random.NextDouble() < (asksCheap ? CheapIsRight[hard] : DearIsRight);
        if (asksCheap)
        {
            var ends = random.NextDouble() < finish[hard];
            if (!ends)
            {
                steps.Add(Asked(1, cheap: false, Second(hard)));
                right = random.NextDouble() < DearIsRight;
            }

            steps.Add(new TrajectoryStep { Turn = steps.Count + 1, Move = "finish", Target = ends ? "observation 0" : "observation 1", Reason = "drawn", Odds = ends ? Odds(Second(hard), "finish:0") : Odds(new() { ["finish:1"] = 1 }, "finish:1") });
        }
        else
        {
            steps.Add(new TrajectoryStep { Turn = 2, Move = "finish", Target = "observation 0", Reason = "drawn", Odds = Odds(new() { ["finish:0"] = 1 }, "finish:0") });
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"traj_{number}");
        return new Trajectory
        {
            Id = id, TenantId = "acme", KeyId = "key", StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromSeconds(1), Model = "orchestra", Outcome = "answered",
            Query = hard == 1 ? "a hard question" : "an easy question", Steps = steps,
            Feedback = [new Feedback { TrajectoryId = id, KeyId = "key", GivenAt = DateTimeOffset.UnixEpoch, Score = right ? 1 : 0 }],
        };
    }

    private static TrajectoryStep Asked(int observation, bool cheap, Dictionary<string, double> moves) => new()
    {
        Turn = observation + 1, Move = "delegate", Target = cheap ? "cheap" : "dear", Reason = "drawn", Odds = Odds(moves, cheap ? "delegate:cheap" : "delegate:dear"), ObservationId = observation,
        Observation = "An answer.", FinishReason = "stop", Usage = new TokenUsage(10, 10), Cost = Money.FromDollars(cheap ? CheapDollars : DearDollars),
    };

    private Dictionary<string, double> First(int hard) => new() { ["delegate:cheap"] = cheapFirst[hard], ["delegate:dear"] = 1 - cheapFirst[hard] };

    private Dictionary<string, double> Second(int hard) => new() { ["finish:0"] = finish[hard], ["delegate:dear"] = 1 - finish[hard] };

    private static DecisionOdds Odds(Dictionary<string, double> moves, string made) => new("pol_logged", 0.1, moves[made], moves);

    private static ExpertDescriptor Expert(string name, decimal price) => new()
    {
        Name = name, Kind = "custom", Price = new ExpertPrice(Money.FromDollars(price), Money.FromDollars(price), Money.Zero), ContextWindow = 8_000,
    };

    /// <summary>Knows from the situation alone what a conductor could know: the text, and what was answered.</summary>
    private sealed class Odd(CascadeWorld world) : IConductor
    {
        public string Name => "odd";

        public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
        {
            var hard = situation.Request.LastUserText.Contains("hard", StringComparison.Ordinal) ? 1 : 0;
            var moves = situation.Observations switch
            {
                [] => world.First(hard),
                [{ Expert: "cheap" }] => world.Second(hard),
                [.., { Id: var id }] => new() { [$"finish:{id}"] = 1 },
            };
            return ValueTask.FromResult(new Decision(new Move.Finish(0), "Odd.") { Odds = new DecisionOdds("pol_candidate", 0.1, 1, moves) });
        }
    }
}
