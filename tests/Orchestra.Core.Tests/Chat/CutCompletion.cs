using System.Text;
using System.Text.Json.Nodes;

namespace Orchestra.Core.Tests.Chat;

/// <summary>Cuts a whole answer into the chunks of a stream, as upstreams do: texts in pieces, function calls by index, usage at the end.</summary>
internal static class CutCompletion
{
    private static readonly string[] Labels = ["role", "id", "type", "name"];

    public static IEnumerable<byte[]> Cut(JsonNode whole, Random random)
    {
        var chunks = new List<JsonObject>();
        var queues = whole["choices"]!.AsArray().Select(choice => new Queue<JsonObject>(Choice(choice!.AsObject(), random))).ToList();
        while (queues.Exists(queue => queue.Count > 0))
        {
            // Choices come mixed, each in its order.
            var open = queues.Where(queue => queue.Count > 0).ToList();
            chunks.Add(Chunk(whole, new JsonArray(open[random.Next(open.Count)].Dequeue())));
        }

        if (whole["usage"] is { } usage)
        {
            var last = Chunk(whole, []);
            last["usage"] = usage.DeepClone();
            chunks.Add(last);
        }

        var events = chunks.Select(chunk => Encoding.UTF8.GetBytes($"data: {chunk.ToJsonString()}\n\n")).ToList();
        for (var i = 0; i < events.Count;)
        {
            // Several events may come at once.
            var count = Math.Min(events.Count - i, random.Next(1, 4));
            yield return [.. events.GetRange(i, count).SelectMany(bytes => bytes)];
            i += count;
        }
    }

    private static JsonObject Chunk(JsonNode whole, JsonArray choices)
    {
        var chunk = new JsonObject();
        foreach (var (name, value) in whole.AsObject())
            chunk[name] = name switch { "object" => "chat.completion.chunk", "choices" => choices, "usage" => null, _ => value?.DeepClone() };
        return chunk;
    }

    private static IEnumerable<JsonObject> Choice(JsonObject choice, Random random)
    {
        var index = (int)choice["index"]!;
        JsonObject Piece(JsonObject delta) => new() { ["index"] = index, ["delta"] = delta, ["finish_reason"] = null };

        var message = choice["message"]!.AsObject();
        var first = new JsonObject();
        foreach (var (name, value) in message)
        {
            if (value is null || name == "role")
                first[name] = value?.DeepClone();
            else if (name == "content")
                first[name] = string.Empty;
        }

        yield return Piece(first);
        foreach (var (name, value) in message)
        {
            if (value is null || name == "role")
                continue;
            foreach (var piece in name == "tool_calls" ? Calls(value.AsArray(), random) : Pieces(value, random))
                yield return Piece(new JsonObject { [name] = piece });
        }

        var rest = choice.Where(field => field.Key is not ("index" or "message" or "finish_reason" or "logprobs")).ToList();
        foreach (var token in choice["logprobs"]?["content"]?.AsArray() ?? [])
        {
            var piece = Piece([]);
            piece["logprobs"] = new JsonObject { ["content"] = new JsonArray(token!.DeepClone()), ["refusal"] = null };
            yield return piece;
        }

        var last = Piece([]);
        last["finish_reason"] = choice["finish_reason"]!.DeepClone();
        if (choice.ContainsKey("logprobs"))
            last["logprobs"] = null;
        foreach (var (name, value) in rest)
            last[name] = value?.DeepClone();
        yield return last;
    }

    private static IEnumerable<JsonNode?> Calls(JsonArray calls, Random random)
    {
        for (var i = 0; i < calls.Count; i++)
        {
            foreach (var piece in Pieces(calls[i]!, random))
            {
                var call = piece!.AsObject();
                call["index"] = i;
                yield return new JsonArray(call);
            }
        }
    }

    /// <summary>An object comes field by field, a text in pieces, anything else whole.</summary>
    private static IEnumerable<JsonNode?> Pieces(JsonNode value, Random random)
    {
        if (value is JsonObject fields)
        {
            foreach (var (name, field) in fields)
            {
                foreach (var piece in Labels.Contains(name) ? [field!.DeepClone()] : Pieces(field!, random))
                    yield return new JsonObject { [name] = piece };
            }
        }
        else if (value.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            var runes = ((string)value!).EnumerateRunes().ToList();
            var at = 0;
            do
            {
                var count = Math.Min(runes.Count - at, random.Next(4));
                yield return string.Concat(runes.GetRange(at, count).Select(rune => rune.ToString()));
                at += count;
            }
            while (at < runes.Count);
        }
        else
        {
            yield return value.DeepClone();
        }
    }
}
