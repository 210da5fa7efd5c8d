using Orchestra.Core.Chat;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Conducting.Learned;

/// <summary>
/// Decides with a trained policy: in each pass it scores every possible move (ask an expert, let the verifiers look at an answer, give one to the client). Queries that the policy was not made
/// for (tools, media, several choices, pure arithmetic) and those that no expert suits go to the conductor beside it.
/// </summary>
public sealed class LearnedConductor : IConductor, IDisposable
{
    private readonly Policy _policy;
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
    {
        _policy = policy;
        _beside = beside;
        _options = options;
        _random = random;
        _readers = new ThreadLocal<SituationReader>(() => new SituationReader(policy.Weights));
    }

    /// <inheritdoc/>
    public string Name => "learned";

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return IsForPolicy(situation) && Decide(situation) is { } decision ? ValueTask.FromResult(decision) : _beside.DecideAsync(situation, ct);
    }

    private static bool IsForPolicy(Situation situation) =>
        situation.Request is { HasTools: false, MediaParts: 0, Choices: 1 } &&
        !situation.Observations.Any(observation => observation.Move is Move.CallTool or Move.Delegate { Purpose: Purpose.Assessment }) &&
        (situation.Observations.Count > 0 || !Core.Experts.Calculator.ArithmeticQuestion.TryRead(situation.Request.LastUserText, out _));

    private Decision? Decide(Situation situation)
    {
        var reader = _readers.Value!;
        if (!reader.Read(situation))
            return null;
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
            odds[i] = reader.State.Score(_policy.Weights.Scorer, outlook, moves[i]);
        var chosen = Choose(odds);
        return Make(situation, reader, moves[..count], odds, chosen, lambda);
    }

    /// <summary>The best move, or now and then one that is drawn; turns the scores into the probabilities with which each is chosen.</summary>
    private int Choose(Span<float> odds)
    {
        var best = MoveChoice.Best(odds);
        MoveChoice.Probabilities(odds);
        for (var i = 0; i < odds.Length; i++)
            odds[i] = (float)(_options.Explore * odds[i]) + (i == best ? (float)(1 - _options.Explore) : 0);
        if (_options.Explore <= 0)
            return best;
        double chance;
        lock (_draws)
            chance = _random.NextDouble();
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

    private Decision Make(Situation situation, SituationReader reader, ReadOnlySpan<ReplayMove> moves, ReadOnlySpan<float> odds, int chosen, double lambda)
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
            _ => (Delegate(situation, reader, name), $"'{name}' is expected to be right with a chance of {chance:P0} (λ = {lambda:0.####})."),
        };
        return new Decision(made, reason) { Odds = new DecisionOdds(_policy.Id, lambda, odds[chosen], probabilities) };
    }

    private static Move.Delegate Delegate(Situation situation, SituationReader reader, string name)
    {
        var expert = situation.Catalogue.First(one => one.Name == name);
        var note = RejectionNote.For(situation.Observations);
        var edits = note is not null && ContextFit.Fits(expert, situation.Request, [note]) ? new RequestEdits { AppendMessages = [note] } : RequestEdits.None;
        // Held back only where looking at the answer could still change what the client gets.
        return new Move.Delegate(name, edits, Purpose.Answer, Judged: situation.TurnsLeft > 2 && reader.CouldAskAnother);
    }
}
