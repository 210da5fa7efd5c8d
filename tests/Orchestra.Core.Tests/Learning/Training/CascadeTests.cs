using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

/// <summary>A world in which no prompt tells anything: two cheap experts are right about half the time, and whether they are shows only when their answers are compared; the dear one is always right.</summary>
public sealed class CascadeTests
{
    private const int TrainRows = 400;
    private const int TestRows = 150;

    private static readonly ReplayTable All = ReplayTable.Create([.. Rows()]);
    private static readonly ReplayTable Test = All.With([.. All.Rows.Skip(TrainRows)]);

    private static readonly Policy Learned = PolicyTrainer.Train(
        All.With([.. All.Rows.Take(TrainRows)]), new TrainingOptions { Seed = 1, Epochs = 0 }, progress: null, CancellationToken.None);

    [Fact]
    public void A_policy_compares_cheap_answers_before_it_asks_the_dear_expert()
    {
        var episodes = Play(lambda: 0.03);

        // Asking the dear one at once is best for whoever looks one step ahead.
        episodes.Average(episode => episode.Asked[0] < 2 ? 1 : 0).ShouldBeGreaterThan(0.9);
        episodes.Average(episode => episode.Score).ShouldBeGreaterThan(0.9);
        episodes.Average(episode => episode.CostUsd).ShouldBeLessThan(0.9 * Test.Rows.Average(row => row.Outcomes[2]!.CostUsd));
    }

    [Fact]
    public void Where_the_cheap_ones_agree_it_stops_and_where_they_differ_it_goes_on()
    {
        var both = Play(lambda: 0.03).Where(episode => episode.Asked.Contains(0) && episode.Asked.Contains(1)).ToList();
        var (agreed, differed) = (both.Where(IsAgreed).ToList(), both.Where(episode => !IsAgreed(episode)).ToList());

        agreed.Average(episode => episode.Asked.Contains(2) ? 1 : 0).ShouldBeLessThan(0.1);
        differed.Average(episode => episode.Asked.Contains(2) ? 1 : 0).ShouldBeGreaterThan(0.9);
    }

    private static bool IsAgreed(ReplayEpisode episode) => episode.Row.Outcomes[0]!.Response == episode.Row.Outcomes[1]!.Response;

    private static List<ReplayEpisode> Play(double lambda)
    {
        using var player = new LearnedReplayPolicy(Learned);
        var episodes = Test.Rows.Select(row => new ReplayEpisode(Test, row)).ToList();
        foreach (var episode in episodes)
        {
            while (episode.Finished < 0)
                episode.Make(player.Decide(episode, lambda));
        }

        return episodes;
    }

    private static IEnumerable<OutcomeRow> Rows()
    {
        var random = new Random(5);
        for (var index = 0; index < TrainRows + TestRows; index++)
        {
            var right = random.Next(100, 900);
            yield return new OutcomeRow($"row {index}", string.Empty, $"How many beans are in jar {index}?", new Dictionary<string, Outcome>(StringComparer.Ordinal)
            {
                ["cheap"] = Called(right, random.Next(2) == 0, random, nanosPerToken: 100),
                ["second"] = Called(right, random.Next(2) == 0, random, nanosPerToken: 120),
                ["dear"] = Called(right, isRight: true, random, nanosPerToken: 5_000),
            });
        }
    }

    private static Outcome Called(int right, bool isRight, Random random, long nanosPerToken)
    {
        const int tokens = 100;
        var said = isRight ? right : random.Next(100, 900);
        return new Outcome(isRight ? 1 : 0) { InputTokens = tokens, OutputTokens = tokens, CostUsd = tokens * nanosPerToken * 5 / 1e9m, Response = $"The answer is {said}." };
    }
}
