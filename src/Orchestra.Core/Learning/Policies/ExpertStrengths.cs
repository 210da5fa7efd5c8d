using System.Runtime.Intrinsics;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// What experts were seen to be good at: weights of a query's terms and structure for each, learned from its own outcomes. As in the memory of outcomes, a name only finds what is known of its bearer.
/// </summary>
internal sealed class ExpertStrengths
{
    /// <summary>Experts at most.</summary>
    public const int MostExperts = 64;

    private const int Lanes = 8;
    private const int Numbers = QueryFeatures.Buckets;

    private readonly int _stride;
    private readonly float[] _weights;

    /// <summary>The strengths of experts, all 0.</summary>
    public ExpertStrengths(IReadOnlyList<string> names)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Count, MostExperts, nameof(names));
        Names = names;
        _stride = (names.Count + Lanes - 1) / Lanes * Lanes;
        _weights = new float[Length * _stride];
    }

    /// <summary>Weights of one expert: of each bucket of terms, of each number of <see cref="StructureScale"/>, and a constant.</summary>
    public static int Length => QueryFeatures.Buckets + StructureScale.Length + 1;

    /// <summary>The experts of which something is known.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>One weight of one expert.</summary>
    public float this[int expert, int weight]
    {
        get => _weights[(weight * _stride) + expert];
        set => _weights[(weight * _stride) + expert] = value;
    }

    /// <summary>Where experts stand in <see cref="Names"/>; −1 for those of which nothing is known.</summary>
    public int[] PlacesOf(IEnumerable<string> experts)
    {
        var places = Names.Select((name, place) => (name, place)).ToDictionary(known => known.name, known => known.place, StringComparer.Ordinal);
        return [.. experts.Select(expert => places.GetValueOrDefault(expert, -1))];
    }

    /// <summary>Adds up the log-odds of every known expert for a query; allocates nothing.</summary>
    /// <param name="query">The query's terms.</param>
    /// <param name="scaled">The query's numbers, from <see cref="StructureScale"/>.</param>
    /// <param name="logOdds">Takes one number for each of <see cref="Names"/>; <see cref="MostExperts"/> numbers of room.</param>
    public void Project(QueryFeatures query, ReadOnlySpan<float> scaled, Span<float> logOdds)
    {
        for (var lane = 0; lane < _stride; lane += Lanes)
        {
            var sum = Vector256<float>.Zero;
            foreach (var term in query.Terms)
                sum += At(term, lane);
            sum *= query.TermValue;
            for (var i = 0; i < scaled.Length; i++)
                sum += At(Numbers + i, lane) * scaled[i];
            sum += At(Numbers + scaled.Length, lane);
            sum.CopyTo(logOdds[lane..]);
        }
    }

    private Vector256<float> At(int weight, int lane) => Vector256.Create<float>(_weights.AsSpan((weight * _stride) + lane, Lanes));
}
