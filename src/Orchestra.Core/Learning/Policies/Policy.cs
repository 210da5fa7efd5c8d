using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The learned part of a conductor: immutable, shared by all who decide with it.</summary>
public sealed class Policy
{
    private Policy(PolicyFile file)
    {
        Id = file.Id;
        Card = file.Card;
    }

    /// <summary>Its id, from the hash of its content: <c>pol_</c> and 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>What it says of itself.</summary>
    public ModelCard Card { get; }

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
    public static Policy Parse(ReadOnlySpan<byte> file) => new(PolicyFile.Read(file));
}
