using System.Collections.Concurrent;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>The vectors of a table's prompts, made before the training, which waits for no endpoint.</summary>
public sealed class RowVectors
{
    private const int AtOnce = 8;
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string _embedder;
    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    private RowVectors(IEmbedder embedder)
    {
        _embedder = embedder.Id;
        Dimensions = embedder.Dimensions;
    }

    /// <summary>Numbers of a vector.</summary>
    internal int Dimensions { get; }

    /// <summary>Asks an embedder for the vectors of all prompts, a few at a time. Throws <see cref="OrchestraException"/> where it fails again and again.</summary>
    /// <param name="table">The table.</param>
    /// <param name="embedder">The embedder, whose id the policy will bear.</param>
    /// <param name="time">The clock of the pauses between attempts.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<RowVectors> ReadAsync(ReplayTable table, IEmbedder embedder, TimeProvider time, CancellationToken ct)
    {
        var vectors = new RowVectors(embedder);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(table.Rows.Select(row => row.Prompt).Distinct(StringComparer.Ordinal), limits, async (prompt, stop) => vectors._vectors[prompt] = await EmbedAsync(embedder, prompt, time, stop));
        return vectors;
    }

    /// <summary>The vector of a prompt.</summary>
    internal float[] Of(string prompt) => _vectors[prompt];

    /// <summary>Writes the vector of a prompt; where none were made, that of Orchestra's own embedder.</summary>
    internal static void Write(RowVectors? vectors, HashedEmbedder own, string prompt, float[] destination)
    {
        if (vectors is null)
            own.Embed(prompt, destination);
        else
            vectors._vectors[prompt].CopyTo(destination, 0);
    }

    /// <summary>The weights under the embedder's id.</summary>
    internal static PolicyWeights Mark(PolicyWeights weights, RowVectors? vectors) => vectors is null ? weights : weights with { Embedder = vectors._embedder };

    private static async Task<float[]> EmbedAsync(IEmbedder embedder, string prompt, TimeProvider time, CancellationToken ct)
    {
        var vector = new float[embedder.Dimensions];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await embedder.EmbedAsync(prompt, vector, ct);
                return vector;
            }
            catch (OrchestraException error) when (attempt < Attempts)
            {
                await Task.Delay(error.RetryAfter ?? Pause, time, ct);
            }
        }
    }
}
