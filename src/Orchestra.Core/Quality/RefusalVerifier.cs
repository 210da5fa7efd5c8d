using Orchestra.Core.Conducting;

namespace Orchestra.Core.Quality;

/// <summary>Rejects an answer by which a model declines: in the field for it, by a content filter, or in a short text that begins with the usual words.</summary>
public sealed class RefusalVerifier : IVerifier
{
    /// <summary>A longer text explains or helps, whatever it begins with.</summary>
    private const int MaxCharacters = 1_200;

    /// <summary>Characters at the beginning in which the words must stand.</summary>
    private const int Opening = 160;

    private static readonly string[] Openings =
    [
        "i can't help", "i cannot help", "i can't assist", "i cannot assist", "i'm unable to", "i am unable to", "i'm not able to", "i am not able to",
        "i can't provide", "i cannot provide", "i can't answer", "i cannot answer", "i can't do that", "i cannot do that", "i can't comply", "i cannot comply",
        "i can't fulfill", "i cannot fulfill", "i won't be able to", "i will not be able to", "i must decline", "i have to decline", "i'm not comfortable",
        "i don't have enough information", "i do not have enough information", "i don't know", "i do not know", "as an ai", "as a language model",
        "as a large language model", "i can't generate", "i cannot generate", "i can't create", "i cannot create", "i can't write", "i cannot write",
        "ich kann dabei nicht helfen", "ich kann dir nicht helfen", "ich kann ihnen nicht helfen", "no puedo ayudar", "je ne peux pas vous aider", "je ne peux pas t'aider",
    ];

    private static readonly string[] Courtesies = 
    [
        "i'm sorry", "i am sorry", "sorry", "i apologize", "i apologise", "unfortunately", "but", "however",
        "es tut mir leid", "lo siento", "désolé", "je suis désolé", "aber", "pero", "mais",
    ];

    /// <inheritdoc/>
    public string Name => "refusal";

    /// <inheritdoc/>
    public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        if (observation.Completion is not { HasToolCalls: false } completion)
            return new(result: null);
        if (completion.FinishReason == "content_filter")
            return new(new Verdict(false, 0.95, Name, "A content filter stopped the answer."));
        if (!string.IsNullOrWhiteSpace(completion.Refusal))
            return new(new Verdict(false, 0.95, Name, "The model declined to answer."));
        return new(Declines(completion.Text) ? new Verdict(false, 0.85, Name, "The answer declined the question instead of answering it.") : null);
    }

    private static bool Declines(string text)
    {
        if (text.Length > MaxCharacters)
            return false;
        var opening = text.AsSpan().TrimStart()[..Math.Min(Opening, text.AsSpan().TrimStart().Length)].ToString().Replace('’', '\'');
        var rest = WithoutCourtesies(opening.AsSpan());
        foreach (var words in Openings)
        {
            if (rest.StartsWith(words, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> WithoutCourtesies(ReadOnlySpan<char> text)
    {
        for (var found = true; found;)
        {
            found = false;
            foreach (var courtesy in Courtesies)
            {
                if (!text.StartsWith(courtesy, StringComparison.OrdinalIgnoreCase) || (text.Length > courtesy.Length && char.IsLetter(text[courtesy.Length])))
                    continue;
                text = text[courtesy.Length..].TrimStart(" ,.;:!-—–");
                found = true;
            }
        }

        return text;
    }
}
