using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>Plays queries of a table with a policy, in the environment that replays recorded outcomes. Not safe for several threads.</summary>
internal sealed class Sampler
{
    private readonly TrainingData _data;
    private readonly RowPriors _priors;
    private readonly ReplayVerdicts _verdicts;
    private readonly QueryState _state;
    private readonly ReplayMove[] _moves;
    private readonly float[] _scores;
    private readonly float[] _move = new float[MoveNumbers.Count];

    /// <summary>A player with predictions by these weights.</summary>
    public Sampler(TrainingData data, RowPriors priors, ReplayVerdicts verdicts, PolicyWeights weights)
    {
        _data = data;
        _priors = priors;
        _verdicts = verdicts;
        _state = new QueryState(weights, data.Table.Experts);
        _moves = new ReplayMove[3 * data.Names.Length];
        _scores = new float[_moves.Length];
    }

    /// <summary>Plays a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scorer">Scores moves.</param>
    /// <param name="lambda">The weight of efficiency.</param>
    /// <param name="random">Draws moves; null takes the best one.</param>
    public SampledTrajectory Play(int row, MoveScorer scorer, double lambda, Random? random)
    {
        _priors.Begin(_state, row);
        var steps = new List<SampledStep>();
        var calls = new List<int>();
        var outcomes = _data.Table.Rows[row].Outcomes;
        double dollars = 0;
        var position = MoveScorer.PositionOf(lambda);
        while (true)
        {
            _state.Predict();
            var outlook = _state.OutlookAt(lambda, dollars);
            var count = _state.Moves(_moves);
            var numbers = random is null ? null : new float[count * MoveNumbers.Count];
            for (var i = 0; i < count; i++)
            {
                var into = numbers is null ? _move : numbers.AsSpan(i * MoveNumbers.Count, MoveNumbers.Count);
                MoveNumbers.Write(outlook, _state.Experts, _moves[i], into);
                _scores[i] = scorer.Score(into, position);
            }

            var chosen = random is null ? MoveChoice.Best(_scores.AsSpan(0, count)) : MoveChoice.Draw(_scores.AsSpan(0, count), random.NextDouble());
            if (numbers is not null)
                steps.Add(new SampledStep(numbers, count, chosen, MathF.Log(Math.Max(1e-12f, _scores[chosen])), position));
            var move = _moves[chosen];
            var expert = _state.Experts[move.Expert];
            switch (move.Kind)
            {
                case ReplayMoveKind.Delegate:
                    expert.Answer = _data.Answer(row, move.Expert);
                    dollars += outcomes[move.Expert]!.CostUsd;
                    calls.Add(move.Expert);
                    break;
                case ReplayMoveKind.Verify:
                    expert.IsVerified = true;
                    expert.Verdict = _verdicts.Of(row, move.Expert);
                    break;
                default:
                    var score = outcomes[move.Expert]!.Score;
                    return new SampledTrajectory(steps, calls, score, dollars, Efficiency.Reward(score, dollars, _state.Scale, lambda) / (1 + lambda));
            }
        }
    }
}
