namespace Orchestra.Core.Conducting;

/// <summary>Decides the next move from the situation. Makes no paid call itself: what it needs to know it asks for by a move.</summary>
public interface IConductor
{
    /// <summary>The name under which trajectories show it.</summary>
    string Name { get; }

    /// <summary>Decides what to do next.</summary>
    ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct);
}
