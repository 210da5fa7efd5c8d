using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

/// <summary>A world of three experts: one cheap and right about what is red, one nearly as cheap and right about what is blue, one dear and always right. No row shows an answer's text.</summary>
internal sealed class ToyWorld
{
    private const int TrainRows = 240;
    private const int TestRows = 120;

    private static readonly string[] Things = ["house", "river", "paper", "engine", "letter", "garden", "number", "window", "train", "bottle", "market", "song"];

    /// <summary>A world with these names for the experts, the dearest last.</summary>
    public ToyWorld(int seed, string cheap = "cheap", string second = "second", string dear = "dear")
    {
        Names = [cheap, second, dear];
        var random = new Random(seed);
        var all = ReplayTable.Create([.. Enumerable.Range(0, TrainRows + TestRows).Select(index => Row(index, random))]);
        Train = all.With([.. all.Rows.Take(TrainRows)]);
        Test = all.With([.. all.Rows.Skip(TrainRows)]);
    }

    /// <summary>The experts' names, cheapest first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Rows to learn from.</summary>
    public ReplayTable Train { get; }

    /// <summary>Rows with other prompts, which no training sees.</summary>
    public ReplayTable Test { get; }

    /// <summary>A small training.</summary>
    public Policy Learn(int seed, int epochs = 2) => PolicyTrainer.Train(Train, new TrainingOptions { Seed = seed, Epochs = epochs, Group = 4 }, progress: null, CancellationToken.None);

    /// <summary>What a policy decides on the rows that it has not seen.</summary>
    public IReadOnlyList<ReplayEpisode> Play(Policy policy, double lambda)
    {
        using var player = new LearnedReplayPolicy(policy);
        var episodes = Test.Rows.Select(row => new ReplayEpisode(Test, row)).ToList();
        foreach (var episode in episodes)
        {
            while (episode.Finished < 0)
                episode.Make(player.Decide(episode, lambda));
        }

        return episodes;
    }

    private OutcomeRow Row(int index, Random random)
    {
        var isRed = random.Next(2) == 0;
        var things = random.GetItems(Things, 3);
        var prompt = $"What is {(isRed ? "red" : "blue")} about the {things[0]}, the {things[1]} and the {things[2]} of case {index}?";
        return new OutcomeRow($"row {index}", string.Empty, prompt, new Dictionary<string, Outcome>(StringComparer.Ordinal)
        {
            [Names[0]] = Called(isRed, random, nanosPerToken: 100),
            [Names[1]] = Called(!isRed, random, nanosPerToken: 150),
            [Names[2]] = Called(isRight: true, random, nanosPerToken: 5_000),
        });
    }

    private static Outcome Called(bool isRight, Random random, long nanosPerToken)
    {
        var (input, output) = (random.Next(20, 40), random.Next(100, 300));
        return new Outcome(isRight ? 1 : 0) { InputTokens = input, OutputTokens = output, CostUsd = ((input * nanosPerToken) + (output * nanosPerToken * 4)) / 1e9m };
    }
}
