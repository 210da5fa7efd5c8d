using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>A row of a table in play, with recorded outcomes as the answers. One object serves row after row; not safe for several threads.</summary>
internal sealed class RowPlay
{
    private readonly TrainingData _data;
    private readonly RowPriors _priors;
    private readonly ReplayVerdicts _verdicts;
    private readonly QueryState _state;
    private readonly ReplayMove[] _moves;
    private readonly float[] _scores;
    private readonly float[] _move = new float[MoveNumbers.Count];
    private IReadOnlyList<ReplayOutcome?> _outcomes = [];
    private Outlook _outlook;
    private double _lambda;
    private int _row;

    /// <summary>A play with predictions by these weights.</summary>
    public RowPlay(TrainingData data, RowPriors priors, ReplayVerdicts verdicts, PolicyWeights weights)
    {
        _data = data;
        _priors = priors;
        _verdicts = verdicts;
        _state = new QueryState(weights, data.Table.Experts);
        _moves = new ReplayMove[3 * data.Names.Length];
        _scores = new float[_moves.Length];
    }

    /// <summary>The experts that were asked.</summary>
    public List<int> Calls { get; private set; } = [];

    /// <summary>What all calls cost.</summary>
    public double Dollars { get; private set; }

    /// <summary>The score of the answer that was given; 0 before.</summary>
    public double Score { get; private set; }

    /// <summary>The moves that are possible, after <see cref="Look"/>.</summary>
    public ReadOnlySpan<ReplayMove> Moves => _moves.AsSpan(0, Count);

    /// <summary>How many moves are possible.</summary>
    public int Count { get; private set; }

    /// <summary>The reward of what was done, in units of 1 + λ.</summary>
    public double Reward => RewardOf(Score, Dollars);

    /// <summary>Whether an expert's answer can be looked at.</summary>
    public bool IsReadable(int expert) => _state.Experts[expert].IsReadable;

    /// <summary>Begins a row.</summary>
    public void Begin(int row, double lambda)
    {
        _row = row;
        _lambda = lambda;
        _outcomes = _data.Table.Rows[row].Outcomes;
        _priors.Begin(_state, row);
        (Calls, Dollars, Score) = ([], 0, 0);
    }

    /// <summary>Predicts chances and finds the moves.</summary>
    public void Look()
    {
        _state.Predict();
        _outlook = _state.OutlookAt(_lambda, Dollars);
        Count = _state.Moves(_moves);
    }

    /// <summary>Writes the numbers of a move.</summary>
    public void Write(int move, Span<float> numbers) => MoveNumbers.Write(_outlook, _state.Experts, _moves[move], numbers);

    /// <summary>The scores of all moves, which the caller may change.</summary>
    /// <param name="scorer">Scores them.</param>
    /// <param name="numbers">Takes the numbers of all moves; empty where nobody needs them.</param>
    public Span<float> ScoresBy(MoveScorer scorer, Span<float> numbers = default)
    {
        var position = MoveScorer.PositionOf(_lambda);
        for (var i = 0; i < Count; i++)
        {
            var into = numbers.IsEmpty ? _move : numbers.Slice(i * MoveNumbers.Count, MoveNumbers.Count);
            Write(i, into);
            _scores[i] = scorer.Score(into, position);
        }

        return _scores.AsSpan(0, Count);
    }

    /// <summary>Makes a move; false where it ends the row.</summary>
    public bool Make(ReplayMove move)
    {
        var expert = _state.Experts[move.Expert];
        switch (move.Kind)
        {
            case ReplayMoveKind.Delegate:
                expert.Answer = _data.Answer(_row, move.Expert);
                Dollars += _outcomes[move.Expert]!.CostUsd;
                Calls.Add(move.Expert);
                return true;
            case ReplayMoveKind.Verify:
                expert.IsVerified = true;
                expert.Verdict = _verdicts.Of(_row, move.Expert);
                return true;
            default:
                Score = _outcomes[move.Expert]!.Score;
                return false;
        }
    }

    /// <summary>Plays to the end with the best moves.</summary>
    public void Finish(MoveScorer scorer)
    {
        do
            Look();
        while (Make(_moves[MoveChoice.Best(ScoresBy(scorer))]));
    }

    /// <summary>How much more than predicted it is worth to give the best answer now, or where there is none, to ask the best expert for its price and give its answer.</summary>
    public double Surprise()
    {
        var (best, most) = (-1, 0f);
        for (var i = 0; i < _state.Experts.Count; i++)
        {
            var expert = _state.Experts[i];
            if (!expert.IsPresent || (_outlook.Asked > 0 && expert.Answer is null))
                continue;
            var worth = expert.Chance * _outlook.Worth(expert.Answer is null ? expert.Cost : 0);
            if (best < 0 || worth > most)
                (best, most) = (i, worth);
        }

        var isAsked = _state.Experts[best].Answer is not null;
        return RewardOf(_outcomes[best]!.Score, Dollars + (isAsked ? 0 : _outcomes[best]!.CostUsd)) - most;
    }

    private double RewardOf(double score, double dollars) => Efficiency.Reward(score, dollars, _state.Scale, _lambda) / (1 + _lambda);
}
