using Orchestra.Core.Chat;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Conducting.Learned;

/// <summary>
/// Decides with a trained policy: in each pass it scores every possible move (ask an expert, let the verifiers look at an answer, give one to the client). Queries that the policy was not made
/// for (tools, media, several choices, pure arithmetic) and those that no expert suits go to the conductor beside it.
/// </summary>
public sealed class LearnedConductor : IConductor, IDisposable
{
    private readonly string _policy;
    private readonly MoveScorer _scorer;
    private readonly LivePolicy? _live;
    private readonly QueryVectors? _vectors;
    private readonly IConductor _beside;
    private readonly LearnedOptions _options;
    private readonly Random _random;
    private readonly Lock _draws = new();
    private readonly ThreadLocal<SituationReader> _readers;

    /// <summary>A conductor that decides with a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="beside">Decides where the policy cannot.</param>
    /// <param name="options">How to decide.</param>
    /// <param name="random">Draws the moves that are tried for the sake of learning.</param>
    public LearnedConductor(Policy policy, IConductor beside, LearnedOptions options, Random random)
        : this(policy.Id, policy.Weights, live: null, vectors: null, beside, options, random)
    {
    }

    private LearnedConductor(string policy, PolicyWeights weights, LivePolicy? live, QueryVectors? vectors, IConductor beside, LearnedOptions options, Random random)
    {
        _policy = policy;
        _scorer = weights.Scorer;
        _live = live;
        _vectors = vectors;
        _beside = beside;
        _options = options;
        _random = random;
        _readers = new ThreadLocal<SituationReader>(() => new SituationReader(weights));
    }

    /// <summary>A conductor that decides with a policy which goes on learning.</summary>
    /// <param name="policy">The policy's id.</param>
    /// <param name="live">The policy.</param>
    /// <param name="vectors">Where the vectors of queries come from; null where the policy makes them itself.</param>
    /// <param name="beside">Decides where the policy cannot.</param>
    /// <param name="options">How to decide.</param>
    /// <param name="random">Draws the moves that are tried for the sake of learning.</param>
    internal static LearnedConductor Live(string policy, LivePolicy live, QueryVectors? vectors, IConductor beside, LearnedOptions options, Random random) =>
        new(policy, live.Weights, live, vectors, beside, options, random);

    /// <inheritdoc/>
    public string Name => "learned";

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!IsForPolicy(situation))
            return _beside.DecideAsync(situation, ct);
        if (_vectors is not null)
            return DecideAsync(_vectors, situation, ct);
        return Decide(situation, null) is { } decision ? ValueTask.FromResult(decision) : _beside.DecideAsync(situation, ct);
    }

    private async ValueTask<Decision> DecideAsync(QueryVectors vectors, Situation situation, CancellationToken ct)
    {
        var vector = await vectors.OfAsync(situation, ct);
        return Decide(situation, vector) ?? await _beside.DecideAsync(situation, ct);
    }

    private static bool IsForPolicy(Situation situation) =>
        situation.Request is { HasTools: false, MediaParts: 0, Choices: 1 } &&
        !situation.Observations.Any(observation => observation.Move is Move.CallTool or Move.Delegate { Purpose: Purpose.Assessment }) &&
        (situation.Observations.Count > 0 || !Core.Experts.Calculator.ArithmeticQuestion.TryRead(situation.Request.LastUserText, out _));

    private Decision? Decide(Situation situation, float[]? vector)
    {
        var reader = _readers.Value!;
        if (!reader.Read(situation, vector))
            return null;
        _live?.Beliefs.Apply(reader.State.Experts, reader.Experts, reader.IsFirst);
        var lambda = _options.LambdaOf(situation.Preference);
        Span<ReplayMove> moves = stackalloc ReplayMove[3 * SituationReader.MostExperts];
        var count = reader.State.Moves(moves);
        if (reader.MustEnd(situation, _options))
            count = KeepEnds(moves, count);
        if (count == 0)
            return null;
        Span<float> odds = stackalloc float[count];
        var outlook = reader.State.OutlookAt(lambda, situation.Spent.Nanos / 1e9);
        for (var i = 0; i < count; i++)
            odds[i] = reader.State.Score(_scorer, outlook, moves[i]);
        var trials = _live is not null && reader.IsFirst ? TrialExperts.Among(reader, moves[..count], odds, _live.Beliefs, _options.Trials) : default;
        var chosen = Choose(odds, trials, out var isTrial);
        return Make(situation, reader, moves[..count], odds, chosen, lambda, isTrial);
    }

    /// <summary>The best move, or now and then one that is drawn; turns the scores into the probabilities with which each is chosen.</summary>
    private int Choose(Span<float> odds, TrialExperts trials, out bool isTrial)
    {
        var best = MoveChoice.Best(odds);
        MoveChoice.Probabilities(odds);
        for (var i = 0; i < odds.Length; i++)
            odds[i] = (float)(_options.Explore * odds[i]) + (i == best ? (float)(1 - _options.Explore) : 0);
        isTrial = false;
        if (_options.Explore <= 0 && trials.IsEmpty)
            return best;
        double chance;
        lock (_draws)
            chance = _random.NextDouble();
        isTrial = trials.TryTake(ref chance, out var tried);
        var chosen = isTrial ? tried : Draw(odds, chance, best);
        trials.MixInto(odds);
        return chosen;
    }

    private static int Draw(ReadOnlySpan<float> odds, double chance, int best)
    {
        for (var i = 0; i < odds.Length; i++)
        {
            chance -= odds[i];
            if (chance < 0)
                return i;
        }

        return best;
    }

    private static int KeepEnds(Span<ReplayMove> moves, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (moves[i].Kind == ReplayMoveKind.Finish)
                moves[kept++] = moves[i];
        }

        return kept == 0 ? count : kept;
    }

    private Decision Make(Situation situation, SituationReader reader, ReadOnlySpan<ReplayMove> moves, ReadOnlySpan<float> odds, int chosen, double lambda, bool isTrial)
    {
        var probabilities = new Dictionary<string, double>(moves.Length, StringComparer.Ordinal);
        for (var i = 0; i < moves.Length; i++)
            probabilities[reader.KeyOf(moves[i])] = odds[i];
        var move = moves[chosen];
        var chance = reader.State.Experts[move.Expert].Chance;
        var name = reader.NameOf(move.Expert);
        var (made, reason) = move.Kind switch
        {
            ReplayMoveKind.Finish => ((Move)new Move.Finish(reader.ObservationOf(move.Expert)), $"The answer of '{name}' is right with a chance of {chance:P0}, and going on is not worth its price (λ = {lambda:0.####})."),
            ReplayMoveKind.Verify => (new Move.Verify(reader.ObservationOf(move.Expert)), $"The verifiers look at the answer of '{name}', which is right with a chance of {chance:P0}."),
            _ when isTrial => (Delegate(situation, reader, name, isTrial), $"Too little is known of '{name}': it is tried."),
            _ => (Delegate(situation, reader, name, isTrial), $"'{name}' is expected to be right with a chance of {chance:P0} (λ = {lambda:0.####})."),
        };
        return new Decision(made, reason) { Odds = new DecisionOdds(_policy, lambda, odds[chosen], probabilities) };
    }

    private Move.Delegate Delegate(Situation situation, SituationReader reader, string name, bool isTrial)
    {
        _live?.Beliefs.Asked(name);
        var expert = situation.Catalogue.First(one => one.Name == name);
        var note = RejectionNote.For(situation.Observations);
        var edits = note is not null && ContextFit.Fits(expert, situation.Request, [note]) ? new RequestEdits { AppendMessages = [note] } : RequestEdits.None;
        // Held back only where looking at the answer could still change what the client gets. One that is tried goes to the client, whose word tells what it is worth.
        return new Move.Delegate(name, edits, Purpose.Answer, Judged: !isTrial && situation.TurnsLeft > 2 && reader.CouldAskAnother);
    }
}
