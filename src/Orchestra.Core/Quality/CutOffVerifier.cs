using System.Text;
using System.Text.Json;
using Orchestra.Core.Conducting;

namespace Orchestra.Core.Quality;

/// <summary>Rejects an answer that ends before its end: at the expert's output limit, inside a code fence, or inside a JSON value.</summary>
public sealed class CutOffVerifier : IVerifier
{
    private const int MaxJson = 1 << 20;

    /// <inheritdoc/>
    public string Name => "cut_off";

    /// <inheritdoc/>
    public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct)
    {
        if (observation.Completion is not { } completion || completion.HasToolCalls)
            return new(result: null);
        if (completion.FinishReason == "length")
            return new(IsClientsLimit(situation, observation) ? null : new Verdict(false, 0.9, Name, "The answer was cut off at the output limit: answer more briefly."));
        // A stop string of the client's may end an answer anywhere.
        if (situation.Request.Body.Span.IndexOf("\"stop\""u8) >= 0)
            return new(result: null);
        if (EndsInFence(completion.Text))
            return new(new Verdict(false, 0.8, Name, "The answer ended inside a code block."));
        return new(EndsInJson(completion.Text) ? new Verdict(false, 0.8, Name, "The answer ended inside a JSON value.") : null);
    }

    /// <summary>Whether the client itself asked for no more than this: another expert would be cut off at the same place.</summary>
    private static bool IsClientsLimit(Situation situation, Observation observation)
    {
        if (situation.Request.MaxOutputTokens is not { } asked)
            return false;
        var expert = situation.Catalogue.FirstOrDefault(expert => expert.Name == observation.Expert);
        return expert is null || asked <= expert.MaxOutputTokens;
    }

    private static bool EndsInFence(string text)
    {
        var open = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            var length = trimmed.Length - trimmed.TrimStart('`').Length;
            if (length < 3 || (open == 0 && trimmed[length..].Contains('`')))
                continue;
            // Only a bare fence at least as long as the opening one closes a block.
            if (open == 0)
                open = length;
            else if (length >= open && trimmed[length..].IsWhiteSpace())
                open = 0;
        }

        return open > 0;
    }

    private static bool EndsInJson(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] is not ('{' or '[') || trimmed.Length > MaxJson)
            return false;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(trimmed.Length)];
        var count = Encoding.UTF8.GetBytes(trimmed, bytes);
        var reader = new Utf8JsonReader(bytes.AsSpan(0, count), isFinalBlock: false, state: default);
        try
        {
            var tokens = 0;
            while (reader.Read())
                tokens++;
            // A set such as "[a" or an interval is no JSON at all; what has read well so far and lacks its end was cut.
            return tokens >= 2 && reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0) > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
