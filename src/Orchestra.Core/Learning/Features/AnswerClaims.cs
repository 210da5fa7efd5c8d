using Orchestra.Core.Quality.Arithmetic;

namespace Orchestra.Core.Learning.Features;

/// <summary>Whether the calculations that an answer states are right.</summary>
internal static class AnswerClaims
{
    private const int Most = 48;

    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["log_claims", "log_confirmed", "log_contradicted", "confirmed_share", "last_claim", "equations_unchecked"];

    /// <summary>Writes the features.</summary>
    public static void Read(AnswerText text, Span<float> into)
    {
        var equations = text.Answer.AsSpan().Count('=');
        if (equations == 0)
            return;
        var (claims, confirmed, contradicted) = (0, 0, 0);
        bool? last = null;
        foreach (var claim in ClaimFinder.Find(text.Answer).Take(Most))
        {
            last = ClaimCheck.Holds(claim, out _);
            confirmed += last == true ? 1 : 0;
            contradicted += last == false ? 1 : 0;
            claims++;
        }

        into[0] = FeatureScale.Few(claims);
        into[1] = FeatureScale.Few(confirmed);
        into[2] = FeatureScale.Few(contradicted);
        into[3] = claims == 0 ? 0 : (float)(confirmed - contradicted) / claims;
        into[4] = last switch { true => 1, false => -1, null => 0 };
        into[5] = Math.Clamp(1 - ((float)claims / equations), 0, 1);
    }
}
