using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The learned part of a conductor: immutable, shared by all who decide with it.</summary>
public sealed class Policy
{
    private readonly byte[] _bytes;

    private Policy(PolicyFile file, PolicyWeights weights, byte[] bytes)
    {
        Id = file.Id;
        Card = file.Card;
        Weights = weights;
        _bytes = bytes;
    }

    /// <summary>Its id, from the hash of its content: <c>pol_</c> and 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>What it says of itself.</summary>
    public ModelCard Card { get; }

    /// <summary>The id of the embedder whose vectors its memory of similar queries holds.</summary>
    public string Embedder => Weights.Embedder;

    /// <summary>What it learned.</summary>
    internal PolicyWeights Weights { get; }

    /// <summary>Reads a policy file; throws <see cref="OrchestraException"/> with code <c>invalid_policy</c> or <c>not_found</c> that says what to do.</summary>
    public static async Task<Policy> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > PolicyFile.MaxBytes })
                throw PolicyFile.Refused($"it is larger than {PolicyFile.MaxBytes / 1024 / 1024} MiB");
            return Parse(await File.ReadAllBytesAsync(path, ct));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OrchestraException(ErrorCode.NotFound, 404, $"The policy file '{path}' cannot be read: give the path of a file that `orchestra train` wrote.", error);
        }
    }

    /// <summary>Reads a policy from a file's bytes; throws <see cref="OrchestraException"/> with code <c>invalid_policy</c>.</summary>
    public static Policy Parse(ReadOnlySpan<byte> file)
    {
        var read = PolicyFile.Read(file);
        try
        {
            return new Policy(read, EmbedderSection.Read(PolicySections.Read(read.Sections), read.Sections), file.ToArray());
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or FormatException)
        {
            throw PolicyFile.Refused(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>The policy file's bytes.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>Makes a policy of what was learned; its weights are those that its file will hold.</summary>
    internal static Policy Create(PolicyWeights weights, ModelCard card) => Parse(PolicyFile.Write(card, EmbedderSection.Add(PolicySections.Write(weights), weights)));
}
