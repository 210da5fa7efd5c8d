using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>GRPO: samples groups of trajectories, compares them within the group, and shifts the policy towards the better ones.</summary>
internal sealed class GroupTraining
{
    private const int BatchRows = 128;
    private const int Repeats = 2;
    private const float Rate = 0.0001f;
    private const double LeastLambda = 1e-4;
    private const double MostLambda = 10;
    private const double ShareWithoutLambda = 0.1;
    private const int Parts = 2;

    private static readonly double[] Lambdas = [0, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 10];

    private readonly TrainingData _data;
    private readonly RowSplit _split;
    private readonly TrainingOptions _options;
    private readonly RowPlay[][] _plays;
    private readonly Sampler[][] _samplers;

    /// <summary>A training over rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="priors">Their priors.</param>
    /// <param name="split">Which of them are held out.</param>
    /// <param name="folds">Predictions for each fold.</param>
    /// <param name="options">How to train.</param>
    public GroupTraining(TrainingData data, RowPriors priors, RowSplit split, PolicyWeights[] folds, TrainingOptions options)
    {
        _data = data;
        _split = split;
        _options = options;
        var verdicts = new ReplayVerdicts(data.Table);
        _plays = [.. Enumerable.Range(0, Parts).Select(_ => folds.Select(fold => new RowPlay(data, priors, verdicts, fold)).ToArray())];
        _samplers = [.. _plays.Select(part => part.Select(play => new Sampler(play)).ToArray())];
    }

    /// <summary>The mean reward on the rows held out of the policy that was chosen, and of the one that it began with.</summary>
    public (double Chosen, double Initial) Held { get; private set; }

    /// <summary>Learns what asking is worth, which no prediction says.</summary>
    public MoveScorer Plan(MoveScorer scorer, CancellationToken ct) => new AskingValues(_data, _plays).Learn(_split.Train, scorer, _options.Seed, ct);

    /// <summary>Trains; returns the policy that is best on the rows held out, which may be the one it began with.</summary>
    public MoveScorer Run(MoveScorer initial, IProgress<TrainingProgress>? progress, CancellationToken ct)
    {
        var best = initial;
        var held = HeldReward(initial);
        Held = (held, held);
        var parameters = (float[])initial.Parameters.Clone();
        var adam = new Adam(MoveScorer.Length, Rate);
        for (var epoch = 0; epoch < _options.Epochs && !ct.IsCancellationRequested; epoch++)
        {
            var order = _split.Train.ToArray();
            RowRandom.Of(_options.Seed, epoch).Shuffle(order);
            var batches = order.Chunk(BatchRows).ToList();
            for (var batch = 0; batch < batches.Count && !ct.IsCancellationRequested; batch++)
            {
                var groups = Sample(batches[batch], new MoveScorer((float[])parameters.Clone()), epoch);
                var entropy = Improve(groups, parameters, adam);
                progress?.Report(Describe(groups, (epoch + ((batch + 1.0) / batches.Count)) / _options.Epochs, entropy));
            }

            var candidate = new MoveScorer((float[])parameters.Clone());
            var reward = HeldReward(candidate);
            if (reward <= Held.Chosen)
                continue;
            best = candidate;
            Held = (reward, Held.Initial);
        }

        return best;
    }

    /// <summary>Plays rows greedily.</summary>
    public IReadOnlyList<SampledTrajectory> Play(IReadOnlyList<int> rows, MoveScorer scorer, double lambda)
    {
        var played = new SampledTrajectory[rows.Count];
        TrainingCores.For(Parts, part =>
        {
            for (var i = part; i < rows.Count; i += Parts)
                played[i] = _samplers[part][_data.Fold[rows[i]]].Play(rows[i], scorer, lambda, null);
        }, CancellationToken.None);
        return played;
    }

    private double HeldReward(MoveScorer scorer) => Lambdas.Average(lambda => Play(_split.Held, scorer, lambda).Average(trajectory => trajectory.Reward));

    private SampledTrajectory[][] Sample(int[] rows, MoveScorer scorer, int epoch)
    {
        var groups = new SampledTrajectory[rows.Length][];
        TrainingCores.For(Parts, part =>
        {
            for (var i = part; i < rows.Length; i += Parts)
            {
                var random = RowRandom.Of(_options.Seed + 7 + epoch, rows[i]);
                var lambda = random.NextDouble() < ShareWithoutLambda ? 0 : LeastLambda * Math.Pow(MostLambda / LeastLambda, random.NextDouble());
                groups[i] = new SampledTrajectory[_options.Group];
                for (var member = 0; member < _options.Group; member++)
                    groups[i][member] = _samplers[part][_data.Fold[rows[i]]].Play(rows[i], scorer, lambda, random);
            }
        }, CancellationToken.None);
        return groups;
    }

    private double Improve(SampledTrajectory[][] groups, float[] parameters, Adam adam)
    {
        var objective = new GroupObjective(GroupObjective.WithAdvantages(groups), _options.Previous?.Weights.Scorer, (float)_options.Divergence);
        var gradient = new float[MoveScorer.Length];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            objective.Evaluate(parameters, gradient);
            adam.Step(parameters, gradient);
        }

        return objective.Entropy;
    }

    private TrainingProgress Describe(SampledTrajectory[][] groups, double done, double entropy)
    {
        var all = groups.SelectMany(group => group).ToList();
        var calls = all.SelectMany(trajectory => trajectory.Calls).CountBy(expert => expert).ToDictionary();
        var total = Math.Max(1, calls.Values.Sum());
        return new TrainingProgress(
            "GRPO", done, all.Average(trajectory => trajectory.Reward), all.Average(trajectory => trajectory.Score), 1000 * all.Average(trajectory => trajectory.Dollars), entropy, Held.Chosen,
            _data.Names.Select((name, index) => (name, Share: (double)calls.GetValueOrDefault(index) / total)).ToDictionary(pair => pair.name, pair => pair.Share, StringComparer.Ordinal));
    }
}
