using Orchestra.Core.Budgets;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Tests.Conducting;
using Orchestra.Core.Tests.Conversations;
using Orchestra.Core.Tests.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Live;

/// <summary>The toy world with one more expert, of which its policy knows nothing but the price, which is half of the cheapest one's. Each answer that went to the client is scored.</summary>
internal sealed class Newcomer : IAsyncDisposable
{
    public const string Name = "newcomer";

    private readonly ToyWorld _world;
    private readonly Func<string, bool> _isRight;
    private readonly ExpertCatalogue _catalogue;
    private readonly LiveOutcomes _outcomes;
    private readonly LearnedConductor _conductor;
    private int _asked;

    /// <param name="world">The world.</param>
    /// <param name="policy">A policy that was trained in it.</param>
    /// <param name="isRight">Whether the newcomer is right about a prompt.</param>
    public Newcomer(ToyWorld world, Core.Learning.Policies.Policy policy, Func<string, bool> isRight)
    {
        _world = world;
        _isRight = isRight;
        var cheapest = world.Train.Experts[0].Price;
        var half = new ExpertPrice(new Money(cheapest.InputPerMillion.Nanos / 2), new Money(cheapest.OutputPerMillion.Nanos / 2), Money.Zero);
        _catalogue = new ExpertCatalogue([.. world.Train.Experts.Select(expert => new ScriptedExpert(expert.Name, expert.Price)), new ScriptedExpert(Name, half)]);
        _outcomes = new LiveOutcomes(_catalogue);
        _conductor = LearnedConductor.Live(policy.Id, _outcomes.Follow(policy), null, new ScriptedConductor(_ => throw new InvalidOperationException("The policy decides.")), new LearnedOptions { Lambda = 0.3, Explore = 0 }, new Random(1));
    }

    public ValueTask DisposeAsync() => _catalogue.DisposeAsync();

    /// <summary>Serves queries one after the other; says of each which expert's answer the client got.</summary>
    /// <param name="queries">How many.</param>
    /// <param name="areScored">Whether their outcomes become known.</param>
    public async Task<List<string>> ServeAsync(int queries, bool areScored = true)
    {
        var served = new List<string>();
        for (var i = 0; i < queries; i++)
        {
            var row = _world.Test.Rows[_asked++ % _world.Test.Rows.Count];
            var expert = await ServeAsync(row.Prompt);
            served.Add(expert);
            if (!areScored)
                continue;
            var vector = new float[HashedEmbedder.DefaultDimensions];
            new HashedEmbedder().Embed(row.Prompt, vector);
            _outcomes.Take([new LiveOutcome($"traj_{_asked}", row.Prompt, vector, [KeyValuePair.Create(expert, IsRight(expert, row.Prompt, row.Outcomes) ? 1.0 : 0)])], []);
        }

        return served;
    }

    private bool IsRight(string expert, string prompt, IReadOnlyList<Core.Learning.Replay.ReplayOutcome?> outcomes) =>
        expert == Name ? _isRight(prompt) : outcomes[_world.Train.IndexOf(expert)]!.Score > 0.5;

    private async Task<string> ServeAsync(string prompt)
    {
        var situation = Scene.Of(prompt, [.. _catalogue.Descriptors]);
        while (true)
        {
            var decision = await _conductor.DecideAsync(situation, default);
            switch (decision.Moves.Single())
            {
                case Move.Delegate { Judged: false } last:
                    return last.Expert;
                case Move.Delegate ask:
                    situation = situation.Then(ask, $"That is all about it, says {ask.Expert}.");
                    break;
                case Move.Verify verify:
                    situation = situation.Judged(verify.ObservationId, accepted: true, confidence: 0.5);
                    break;
                case Move.Finish finish:
                    return situation.Observations[finish.ObservationId].Expert;
                case var other:
                    throw new InvalidOperationException($"An unexpected move: {other}");
            }
        }
    }
}
