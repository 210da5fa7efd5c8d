using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>
/// Predicts what comes from a move on to the query's end while the candidate decides: a linear model that is fitted backwards from the end (fitted Q evaluation), with a ridge. Each query is
/// predicted by a model that has not seen it. It need not be right: a better one narrows the interval.
/// </summary>
internal sealed class ReturnModel
{
    private const int Folds = 5;
    private const int MostSteps = 8;
    private const double Ridge = 1;
    private const int Kinds = 3;

    private readonly IReadOnlyList<LoggedQuery> _queries;
    private readonly Func<LoggedQuery, int, double> _reward;
    private readonly double _most;
    private readonly int _experts;
    private readonly int _width;

    private ReturnModel(IReadOnlyList<LoggedQuery> queries, int experts, Func<LoggedQuery, int, double> reward, double most)
    {
        _queries = queries;
        _reward = reward;
        _most = most;
        _experts = experts;
        _width = (Kinds * experts) + (2 * Kinds) + 1;
    }

    /// <summary>The predictions for each move of each decision of each query, from 0 to <paramref name="most"/>.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="experts">How many experts there are.</param>
    /// <param name="reward">What the decision with this number brought.</param>
    /// <param name="most">The most that a query can bring.</param>
    /// <param name="ct">Stops the fitting.</param>
    public static double[][][] Predict(IReadOnlyList<LoggedQuery> queries, int experts, Func<LoggedQuery, int, double> reward, double most, CancellationToken ct)
    {
        var model = new ReturnModel(queries, experts, reward, most);
        var weights = Enumerable.Range(0, Folds).Select(fold => model.Fit(fold, ct)).ToList();
        return [.. queries.Select((query, i) => query.Decisions.Select(decision => model.PredictAll(weights[i % Folds], query, decision)).ToArray())];
    }

    private double[] Fit(int fold, CancellationToken ct)
    {
        var moments = new double[_width, _width];
        Each(fold, (query, at) => Add(query, query.Decisions[at], moments));
        for (var i = 0; i < _width; i++)
            moments[i, i] += Ridge;
        var system = PositiveSystem.Factor(moments);
        var weights = new double[_width];
        var steps = Math.Min(MostSteps, _queries.Max(query => query.Decisions.Count));
        for (var step = 0; step < steps; step++)
        {
            ct.ThrowIfCancellationRequested();
            var right = new double[_width];
            Each(fold, (query, at) =>
            {
                var target = _reward(query, at) + (at + 1 < query.Decisions.Count ? Expected(weights, query, query.Decisions[at + 1]) : 0);
                var decision = query.Decisions[at];
                foreach (var (index, value) in Numbers(query, decision, decision.Moves[decision.Made]))
                    right[index] += value * target;
            });
            weights = system.Solve(right);
        }

        return weights;
    }

    /// <summary>Each decision of the queries outside a fold.</summary>
    private void Each(int fold, Action<LoggedQuery, int> take)
    {
        for (var i = 0; i < _queries.Count; i++)
        {
            for (var at = 0; i % Folds != fold && at < _queries[i].Decisions.Count; at++)
                take(_queries[i], at);
        }
    }

    private void Add(LoggedQuery query, LoggedDecision decision, double[,] moments)
    {
        var numbers = Numbers(query, decision, decision.Moves[decision.Made]);
        foreach (var (row, left) in numbers)
        {
            foreach (var (column, right) in numbers)
                moments[row, column] += left * right;
        }
    }

    private double Expected(double[] weights, LoggedQuery query, LoggedDecision decision)
    {
        var sum = 0.0;
        foreach (var move in decision.Moves)
            sum += move.Chance > 0 ? move.Chance * Predict(weights, query, decision, move) : 0;
        return sum;
    }

    private double[] PredictAll(double[] weights, LoggedQuery query, LoggedDecision decision) => [.. decision.Moves.Select(move => Predict(weights, query, decision, move))];

    private double Predict(double[] weights, LoggedQuery query, LoggedDecision decision, PossibleMove move)
    {
        var sum = 0.0;
        foreach (var (index, value) in Numbers(query, decision, move))
            sum += weights[index] * value;
        return Math.Clamp(sum, 0, _most);
    }

    /// <summary>What is known of a move: what it does with which expert, how far the query has come, how long it is, and the verdict.</summary>
    private (int Index, double Value)[] Numbers(LoggedQuery query, LoggedDecision decision, PossibleMove move)
    {
        var kind = move.Kind switch { ReplayMoveKind.Delegate => 0, ReplayMoveKind.Verify => 1, _ => 2 };
        var shared = Kinds * _experts;
        return
        [
            ((kind * _experts) + move.Expert, 1),
            (shared + kind, Math.Min(decision.Asked, 4) / 4.0),
            (shared + Kinds + kind, Math.Log10(query.QueryLength + 1) / 4),
            (shared + (2 * Kinds), move.Verdict),
        ];
    }
}
