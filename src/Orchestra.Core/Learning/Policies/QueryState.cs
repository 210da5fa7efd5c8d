using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Policies;

/// <summary>A query on its way, as a policy sees it. One object serves query after query over the same experts without allocating more than their answers take.</summary>
internal sealed class QueryState
{
    private const int CharactersPerToken = 4;
    private const double NeighboursForHalf = 4;

    private readonly PolicyWeights _weights;
    private readonly IReadOnlyList<ExpertDescriptor> _descriptors;
    private readonly string[] _names;
    private readonly SeenExpert[] _experts;
    private readonly double[] _means;
    private readonly QueryFeatures _features = new();
    private readonly int[] _places;
    private readonly float[] _numbers = new float[PosteriorNumbers.Count];
    private readonly float[] _move = new float[MoveNumbers.Count];
    private readonly HashedEmbedder? _embedder;
    private readonly float[] _vector;
    private readonly NeighbourScore[] _nearby;
    private MemorySnapshot? _described;

    /// <summary>A state over experts.</summary>
    public QueryState(PolicyWeights weights, IReadOnlyList<ExpertDescriptor> experts)
    {
        _weights = weights;
        _descriptors = experts;
        _names = [.. experts.Select(expert => expert.Name)];
        _experts = [.. experts.Select(_ => new SeenExpert())];
        _means = new double[experts.Count];
        _places = weights.Prior.Strengths.PlacesOf(_names);
        _nearby = new NeighbourScore[experts.Count];
        _embedder = weights.EmbedsItself ? new HashedEmbedder(weights.Memory.Dimensions) : null;
        _vector = new float[weights.Memory.Dimensions];
        Scale = Efficiency.ScaleOf(experts);
        Describe();
    }

    /// <summary>The experts.</summary>
    public IReadOnlyList<SeenExpert> Experts => _experts;

    /// <summary>The query's features.</summary>
    public QueryFeatures Features => _features;

    /// <summary>Dollars at which efficiency is 0.</summary>
    public double Scale { get; }

    /// <summary>Begins a query and predicts the priors; whoever calls says afterwards which experts are present.</summary>
    public void Begin(string query) => Begin(query, Embed(query));

    /// <summary>Begins a query whose vector is known, and predicts the priors; without one nothing is known of similar queries.</summary>
    public void BeginWith(string query, float[]? vector) => Begin(query, vector.AsSpan());

    /// <summary>Begins a query whose similar queries are known; no priors are predicted.</summary>
    public void BeginNear(string query, ReadOnlySpan<NeighbourScore> nearby)
    {
        Reset(query);
        _features.Read(query);
        Remember(nearby);
    }

    /// <summary>Begins a query whose priors are known.</summary>
    public void BeginKnown(string query, ReadOnlySpan<float> priors)
    {
        Reset(query);
        for (var i = 0; i < _experts.Length; i++)
            _experts[i].Prior = priors[i];
    }

    /// <summary>Predicts the chances of all experts that are present.</summary>
    public void Predict() => _weights.Posterior.Predict(_experts, _numbers);

    /// <summary>The state in a few numbers; the chances must be predicted.</summary>
    public Outlook OutlookAt(double lambda, double spent)
    {
        var (asked, best, most) = (0, 0f, 0);
        for (var i = 0; i < _experts.Length; i++)
        {
            if (_experts[i].Answer is not { } answer)
                continue;
            asked++;
            best = Math.Max(best, _experts[i].Chance);
            var same = 1;
            for (var j = 0; j < _experts.Length; j++)
                same += j != i && _experts[j].Answer is { } other && answer.Key.Agrees(other.Key) ? 1 : 0;
            most = Math.Max(most, same);
        }

        return new Outlook(lambda, spent, Scale, best, asked == 0 ? 0 : (float)most / asked, asked);
    }

    /// <summary>The score of a move by a scorer.</summary>
    public float Score(MoveScorer scorer, in Outlook outlook, ReplayMove move)
    {
        MoveNumbers.Write(outlook, _experts, move, _move);
        return scorer.Score(_move, MoveScorer.PositionOf(outlook.Lambda));
    }

    /// <summary>
    /// Writes the moves that are worth a thought; returns how many. The chances must be predicted: of several answers only the likeliest to be right may be given, since the others
    /// are worse at the same cost.
    /// </summary>
    /// <param name="moves">Room for three moves an expert.</param>
    public int Moves(Span<ReplayMove> moves)
    {
        var count = 0;
        var best = -1;
        for (var i = 0; i < _experts.Length; i++)
        {
            if (_experts[i].Answer is not null && (best < 0 || _experts[i].Chance > _experts[best].Chance))
                best = i;
        }

        for (var i = 0; i < _experts.Length; i++)
        {
            if (_experts[i].Answer is null)
            {
                if (_experts[i].IsPresent)
                    moves[count++] = ReplayMove.Delegate(i);
                continue;
            }

            if (i == best)
                moves[count++] = ReplayMove.Finish(i);
            if (!_experts[i].IsVerified && _experts[i].Answer!.Features.Length > 0)
                moves[count++] = ReplayMove.Verify(i);
        }

        return count;
    }

    private void Begin(string query, ReadOnlySpan<float> vector)
    {
        Describe();
        Reset(query);
        _features.Read(query);
        if (vector.IsEmpty)
            _nearby.AsSpan().Clear();
        else
            _weights.Memory.Lookup(vector, _names, _nearby);
        Remember(_nearby);
        _weights.Prior.Predict(_features, _experts, _places);
    }

    private void Reset(string query)
    {
        var prompt = Math.Max(1, query.Length / CharactersPerToken);
        for (var i = 0; i < _experts.Length; i++)
        {
            _experts[i].Reset();
            _experts[i].IsPresent = true;
            _experts[i].IsReadable = true;
            _experts[i].Cost = _descriptors[i].Price.CostOf(prompt, (long)_weights.OutputOf(_names[i])).Nanos / 1e9;
        }
    }

    /// <summary>Takes over what is known of similar queries.</summary>
    private void Remember(ReadOnlySpan<NeighbourScore> nearby)
    {
        for (var i = 0; i < _experts.Length; i++)
        {
            _experts[i].NearbyWeight = (float)(nearby[i].Weight / (nearby[i].Weight + NeighboursForHalf));
            _experts[i].Nearby = nearby[i].Weight > 0 ? (float)(nearby[i].MeanScore - _means[i]) * 2 : 0;
        }
    }

    private ReadOnlySpan<float> Embed(string query)
    {
        if (_embedder is null || _weights.Memory.Count == 0)
            return default;
        _embedder.Embed(query, _vector);
        return _vector;
    }

    /// <summary>What is known of the experts in general, anew where outcomes came since the last query.</summary>
    private void Describe()
    {
        if (ReferenceEquals(_described, _weights.Memory.Snapshot))
            return;
        _described = _weights.Memory.Snapshot;
        var dearest = _descriptors.Count == 0 ? 0 : _descriptors.Max(ExpertCoordinates.TypicalCost);
        double score = 0;
        long count = 0;
        foreach (var name in _weights.Memory.Experts)
        {
            score += _weights.Memory.Total(name).Sum;
            count += _weights.Memory.Total(name).Count;
        }

        var mean = count == 0 ? 0.5 : score / count;
        for (var i = 0; i < _experts.Length; i++)
        {
            var total = _weights.Memory.Total(_names[i]);
            _means[i] = total.Count == 0 ? mean : total.Mean;
            ExpertCoordinates.Write(_descriptors[i], dearest, ExpertCoordinates.Ability(total.Sum, total.Count, mean), _experts[i].Coordinates);
            _experts[i].Slope = ExpertCoordinates.Slope(_experts[i].Coordinates, total.Count);
        }
    }
}
