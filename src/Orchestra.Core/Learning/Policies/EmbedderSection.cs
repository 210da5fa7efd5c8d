using System.Text;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The optional section of a policy file that names the embedder of its memory; files without it were made with Orchestra's own.</summary>
internal static class EmbedderSection
{
    private const string Name = "embedder";
    private const int MaxBytes = 512;

    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds the section where the embedder is not the one that goes without saying.</summary>
    public static Dictionary<string, byte[]> Add(Dictionary<string, byte[]> sections, PolicyWeights weights)
    {
        if (!weights.EmbedsItself)
            sections[Name] = Text.GetBytes(weights.Embedder);
        return sections;
    }

    /// <summary>The weights with the embedder that the sections name; throws <see cref="InvalidDataException"/> where that is no name.</summary>
    public static PolicyWeights Read(PolicyWeights weights, IReadOnlyDictionary<string, byte[]> sections)
    {
        if (!sections.TryGetValue(Name, out var bytes))
            return weights;
        try
        {
            return bytes.Length is > 0 and <= MaxBytes ? weights with { Embedder = Text.GetString(bytes) } : throw new InvalidDataException("the name of its embedder is too short or too long");
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("the name of its embedder is no text", error);
        }
    }
}
