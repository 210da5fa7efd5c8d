namespace Orchestra.Core.Conducting;

/// <summary>Looks at an answer and says whether it may go to the client.</summary>
public interface IVerifier
{
    /// <summary>The name under which trajectories show it.</summary>
    string Name { get; }

    /// <summary>A verdict, or null where this verifier has nothing to say about such an answer.</summary>
    ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct);
}
