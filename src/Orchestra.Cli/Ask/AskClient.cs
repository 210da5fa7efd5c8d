using System.Text.Json;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Ask;

/// <summary>Asks a node and hands the answer on, piece by piece.</summary>
internal static class AskClient
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    public static async Task<AskAnswer> AskAsync(NodeClient node, AskRequest request, Func<string, Task> onText, CancellationToken ct)
    {
        using var body = request.ToContent();
        using var response = await node.SendAsync(HttpMethod.Post, "v1/chat/completions", body, ct);
        var answer = new AskAnswer { Text = "", Report = NodeReport.Of(response) };
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            return await AnswerStream.ReadAsync(stream, answer, onText, ct);
        }

        using var json = await NodeClient.ReadJsonAsync(response, MaxAnswerBytes, ct);
        var (text, finishReason) = ReadChoice(json.RootElement, "message");
        if (text is null && finishReason is null)
            throw new NodeException("The node's answer has no choices; is this an OpenAI-compatible endpoint?", "invalid_reply") { Report = answer.Report };
        await onText(text ?? "");
        return answer with { Text = text ?? "", FinishReason = finishReason };
    }

    /// <summary>The text and finish reason of the first choice, under <c>message</c> in whole answers and <c>delta</c> in streams.</summary>
    public static (string? Text, string? FinishReason) ReadChoice(JsonElement root, string holder)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            return default;
        var choice = choices[0];
        if (choice.ValueKind != JsonValueKind.Object)
            return default;
        var finish = choice.TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null;
        var text = choice.TryGetProperty(holder, out var message) && message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
                ? content.GetString()
                : null;
        return (text, finish);
    }
}
