using Orchestra.Core.Conducting;

namespace Orchestra.Core.Quality;

/// <summary>Lets several verifiers look at an answer in turn: the first rejection wins, otherwise the surest acceptance.</summary>
/// <param name="verifiers">Who looks, in order.</param>
public sealed class Verifiers(IReadOnlyList<IVerifier> verifiers) : IVerifier
{
    private static readonly Verdict NoObjection = new(true, 0.5, "verifiers", "No verifier objects.");

    /// <inheritdoc/>
    public string Name => "verifiers";

    /// <summary>The verifiers that come with Orchestra, cheapest first.</summary>
    public static Verifiers Default { get; } =
        new([new EmptyAnswerVerifier(), new RefusalVerifier(), new CutOffVerifier(), new JsonVerifier(), new ArithmeticVerifier()]);

    /// <summary>The verdict of all; never null for an answer, null for a failed call.</summary>
    public async ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        if (!observation.Succeeded)
            return null;
        var surest = NoObjection;
        foreach (var verifier in verifiers)
        {
            ct.ThrowIfCancellationRequested();
            if (await verifier.VerifyAsync(situation, observation, ct) is not { } verdict)
                continue;
            if (!verdict.Accepted)
                return verdict;
            if (verdict.Confidence > surest.Confidence)
                surest = verdict;
        }

        return surest;
    }
}
