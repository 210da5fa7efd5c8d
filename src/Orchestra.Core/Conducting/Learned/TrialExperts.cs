using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Conducting.Learned;

/// <summary>Experts that are asked for the sake of learning, since their descriptors alone tell too little, among the moves of a query that nobody has answered.</summary>
internal readonly ref struct TrialExperts
{
    private const double Share = 0.5;

    private readonly ulong _moves;
    private readonly int _count;

    private TrialExperts(ulong moves)
    {
        _moves = moves;
        _count = System.Numerics.BitOperations.PopCount(moves);
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Finds them. One that costs more than an ordinary call, and more than the best move, is not tried.</summary>
    /// <param name="reader">The situation.</param>
    /// <param name="moves">The moves; the first 64 are looked at.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="beliefs">What is known of the experts.</param>
    /// <param name="trials">Outcomes that are enough.</param>
    public static TrialExperts Among(SituationReader reader, ReadOnlySpan<ReplayMove> moves, ReadOnlySpan<float> scores, ExpertBeliefs beliefs, int trials)
    {
        var most = Math.Max(reader.State.Scale, reader.State.Experts[moves[MoveChoice.Best(scores)].Expert].Cost);
        var found = 0ul;
        for (var i = 0; i < Math.Min(moves.Length, 64); i++)
        {
            var expert = moves[i].Expert;
            if (moves[i].Kind == ReplayMoveKind.Delegate && reader.State.Experts[expert].Cost <= most && beliefs.IsOnTrial(reader.NameOf(expert), trials))
                found |= 1ul << i;
        }

        return new TrialExperts(found);
    }

    /// <summary>Whether chance falls to one of them, and to which move; otherwise the rest of the chance, from 0 to 1 again.</summary>
    public bool TryTake(ref double chance, out int move)
    {
        move = -1;
        if (IsEmpty)
            return false;
        if (chance >= Share)
        {
            chance = (chance - Share) / (1 - Share);
            return false;
        }

        var steps = Math.Min((int)(chance / Share * _count), _count - 1);
        for (var left = _moves; ; left &= left - 1, steps--)
        {
            move = System.Numerics.BitOperations.TrailingZeroCount(left);
            if (steps == 0)
                return true;
        }
    }

    /// <summary>Turns the probabilities of the moves into those with trials among them.</summary>
    public void MixInto(Span<float> odds)
    {
        if (IsEmpty)
            return;
        for (var i = 0; i < odds.Length; i++)
            odds[i] = (float)(((1 - Share) * odds[i]) + (i < 64 && (_moves >> i & 1) != 0 ? Share / _count : 0));
    }
}
