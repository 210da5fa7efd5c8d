using System.Globalization;
using Orchestra.Core.Conducting;
using Orchestra.Core.Quality.Arithmetic;

namespace Orchestra.Core.Quality;

/// <summary>Rejects an answer that states a calculation which the calculator contradicts. It would rather miss a wrong one than reject a right one.</summary>
public sealed class ArithmeticVerifier : IVerifier
{
    private const int MaxQueryWords = 2_000;

    /// <inheritdoc/>
    public string Name => "arithmetic";

    /// <inheritdoc/>
    public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        if (observation.Completion is not { HasToolCalls: false } completion || Redefines(situation.Request.LastUserText))
            return new(result: null);
        var confirmed = 0;
        foreach (var claim in ClaimFinder.Find(completion.Text))
        {
            ct.ThrowIfCancellationRequested();
            switch (ClaimCheck.Holds(claim, out var value))
            {
                case true:
                    confirmed++;
                    break;
                case false:
                    return new(new Verdict(false, 0.8, Name, $"The calculator contradicts it: {claim.Expression} is {Show(value)}, not {claim.RightText}."));
            }
        }

        if (confirmed == 0)
            return new(result: null);
        var reason = $"The calculator confirms {confirmed} calculation{(confirmed == 1 ? string.Empty : "s")}.";
        return new(new Verdict(true, Math.Min(0.8, 0.55 + (0.05 * confirmed)), Name, reason));
    }

    private static string Show(decimal value) => decimal.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Whether the query gives signs or numbers a meaning of its own, as with other bases, moduli or invented operations.</summary>
    private static bool Redefines(string query)
    {
        var words = 0;
        foreach (var range in query.AsSpan().SplitAny(" \n\t,.;:!?()[]{}$\\\"'"))
        {
            if (++words > MaxQueryWords)
                return false;
            var word = query.AsSpan()[range];
            if (word.Length is > 1 and < 16 && ClaimWords.Redefines(word.ToString()))
                return true;
        }

        return false;
    }
}
