using Orchestra.Core.Conducting;

namespace Orchestra.Core.Quality;

/// <summary>Rejects an answer without any text; one that asks for tool calls is never empty.</summary>
public sealed class EmptyAnswerVerifier : IVerifier
{
    /// <inheritdoc/>
    public string Name => "empty";

    /// <inheritdoc/>
    public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        // A refusal has no text either, and has a verifier of its own that says more.
        if (observation.Completion is not { HasToolCalls: false, Refusal: null } completion || !IsEmpty(completion.Text))
            return new(result: null);
        return new(new Verdict(false, 1, Name, "The answer was empty."));
    }

    private static bool IsEmpty(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)
                return false;
        }

        return true;
    }
}
