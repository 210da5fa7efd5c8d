using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>Reads a policy file anew when it was written to.</summary>
/// <param name="path">The file.</param>
public sealed class PolicyFileWatch(string path)
{
    private DateTime _written;

    /// <summary>The file's policy where it was written to since the last look, else null; throws as <see cref="Policy.ReadAsync"/> does, once for each writing.</summary>
    public async Task<Policy?> LookAsync(CancellationToken ct)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (written == _written)
            return null;
        _written = written;
        return await Policy.ReadAsync(path, ct);
    }
}
