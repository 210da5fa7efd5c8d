namespace Orchestra.Hosting;

/// <summary>A host cannot start as it was asked to; the message says why and what to change.</summary>
/// <param name="message">One or two sentences for the operator.</param>
/// <param name="isUsage">Whether the command line itself is wrong.</param>
/// <param name="inner">What caused it.</param>
public sealed class HostException(string message, bool isUsage = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the command line itself is wrong.</summary>
    public bool IsUsage { get; } = isUsage;
}
