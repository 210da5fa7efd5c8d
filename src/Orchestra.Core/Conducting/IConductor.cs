using Orchestra.Core.Conversations;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conducting;

/// <summary>Decides the next move from the situation. Makes no paid call itself: what it needs to know it asks for by a move.</summary>
public interface IConductor
{
    /// <summary>The name under which trajectories show it.</summary>
    string Name { get; }

    /// <summary>Decides what to do next.</summary>
    ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct);

    /// <summary>The conductor that decides for all turns of one query: itself, unless it chooses among several.</summary>
    IConductor For(Query query) => this;

    /// <summary>Takes note of how a query ended for which it decided; called once, must not block or throw.</summary>
    void Ended(Trajectory trajectory)
    {
    }
}
