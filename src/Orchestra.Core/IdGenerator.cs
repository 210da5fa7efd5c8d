namespace Orchestra.Core;

/// <summary>Makes identifiers; injected, so that tests can repeat a run.</summary>
public abstract class IdGenerator
{
    /// <summary>Identifiers ordered by time and random in the rest (UUID version 7, RFC 9562), 32 lower-case hex digits.</summary>
    public static IdGenerator Default { get; } = new TimeOrdered();

    /// <summary>A new identifier with this prefix, for example <c>traj_018f…</c>.</summary>
    public abstract string Next(string prefix);

    private sealed class TimeOrdered : IdGenerator
    {
        public override string Next(string prefix) => string.Concat(prefix, Guid.CreateVersion7().ToString("N"));
    }
}
