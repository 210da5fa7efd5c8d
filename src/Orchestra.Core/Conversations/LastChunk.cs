using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Conversations;

/// <summary>The end of a stream that Orchestra stopped: a finish reason that clients know, and the cause beside it.</summary>
internal static class LastChunk
{
    /// <summary>The chunk, and the one with the usage where the client wants it.</summary>
    public static ReplyChunk Of(string id, ChatRequest request, DateTimeOffset now, string reason, TokenUsage used)
    {
        var created = now.ToUnixTimeSeconds();
        var model = request.Model;
        const string kind = "chat.completion.chunk";
        var choices = new[] { new { index = 0, delta = new { }, finish_reason = "length" } };
        var events = Event(new { id, @object = kind, created, model, choices, orchestra = new { reason } });
        if (request.IncludeUsage)
        {
            var usage = new { prompt_tokens = used.Input, completion_tokens = used.Output, total_tokens = used.Input + used.Output };
            events += Event(new { id, @object = kind, created, model, choices = Array.Empty<object>(), usage });
        }

        return new ReplyChunk(Encoding.UTF8.GetBytes(events), 0, null, "length");
    }

    private static string Event<T>(T data) => $"data: {JsonSerializer.Serialize(data)}\n\n";
}
