using System.Globalization;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>
/// The embedder that needs no download: signed feature hashing of a text's words, pairs of words and trigrams of characters. The same text gives the same
/// bits in every process and on every machine.
/// </summary>
public sealed class HashedEmbedder : IEmbedder
{
    /// <summary>Dimensions where nothing else is asked for.</summary>
    public const int DefaultDimensions = 128;

    /// <summary>Characters that are looked at; of a longer text the beginning and the end, in equal parts.</summary>
    public const int MaxCharacters = 16_000;

    /// <summary>An embedder with this many dimensions, from 16 to 4,096.</summary>
    public HashedEmbedder(int dimensions = DefaultDimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, 4096);
        Dimensions = dimensions;
        Id = IdOf(dimensions);
    }

    /// <summary>The id of the embedder with this many dimensions.</summary>
    public static string IdOf(int dimensions) => string.Create(CultureInfo.InvariantCulture, $"hashed-1-{dimensions}");

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <inheritdoc/>
    public ValueTask EmbedAsync(string text, Memory<float> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Embed(text, destination.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the text's vector of exactly <see cref="Dimensions"/> numbers; allocates nothing.</summary>
    public void Embed(ReadOnlySpan<char> text, Span<float> destination)
    {
        if (destination.Length != Dimensions)
            throw new ArgumentException($"The destination must take exactly {Dimensions} numbers.", nameof(destination));
        destination.Clear();
        Span<byte> counts = stackalloc byte[FeatureSum.Counts];
        counts.Clear();
        var sum = new FeatureSum(destination, counts);
        if (text.Length <= MaxCharacters)
        {
            WordFeatures.Add(text, sum);
        }
        else
        {
            WordFeatures.Add(text[..(MaxCharacters / 2)], sum);
            WordFeatures.Add(text[^(MaxCharacters / 2)..], sum);
        }

        UnitVector.TryNormalise(destination);
    }
}
