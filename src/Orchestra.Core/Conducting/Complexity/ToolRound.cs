using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>One exchange between an expert and the catalogue's tools: the calls that it asked for, and the messages that bring it the results.</summary>
internal sealed class ToolRound
{
    private const int MaxArguments = 4_000;
    private const int MaxResult = 6_000;
    private const int MaxText = 4_000;

    private readonly Observation _ask;
    private readonly ToolOffer _offer;
    private readonly List<ToolCall> _calls;

    /// <summary>Reads the calls of an answer; of too many only the first.</summary>
    public ToolRound(Observation ask, ToolOffer offer, int most)
    {
        _ask = ask;
        _offer = offer;
        _calls = [.. ask.Completion!.ToolCalls.Take(most).Select((call, index) => call with { Id = $"call_{ask.Id}_{index}" })];
    }

    /// <summary>The moves that make the calls; calls of unknown tools and with endless arguments bring errors without a move.</summary>
    public IReadOnlyList<Move> Moves =>
        [.. _calls.Where(call => FaultOf(call) is null).Select(call => new Move.CallTool(_offer.Find(call.Name)!.Name, call.Arguments, call.Id))];

    /// <summary>The observations that the calls brought.</summary>
    public IReadOnlyList<Observation> ResultsIn(Situation situation) =>
        [.. situation.Observations.Where(observation => observation.Move is Move.CallTool { ToolCallId: { } id } && _calls.Exists(call => call.Id == id))];

    /// <summary>The messages with the calls and their results, to be added behind the expert's earlier ones.</summary>
    public IReadOnlyList<string> Messages(IReadOnlyList<Observation> results)
    {
        var messages = new List<string> { AssistantMessage() };
        foreach (var call in _calls)
        {
            var result = results.FirstOrDefault(observation => ((Move.CallTool)observation.Move).ToolCallId == call.Id);
            var content = FaultOf(call) ?? (result is null ? "Error: the call was not made; too many calls run side by side." : TextOf(result));
            messages.Add(JsonSerializer.Serialize(new { role = "tool", tool_call_id = call.Id, content }));
        }

        return messages;
    }

    private static string TextOf(Observation result) =>
        Excerpt.Head(result.Succeeded ? result.Text : $"Error: {result.ErrorMessage ?? result.ErrorCode}", MaxResult).ToString();

    private string? FaultOf(ToolCall call)
    {
        if (_offer.Find(call.Name) is null)
            return $"Error: there is no tool of that name. The tools are: {string.Join(", ", _offer.Functions)}.";
        return call.Arguments.Length > MaxArguments ? $"Error: the arguments are longer than {MaxArguments} characters." : null;
    }

    private string AssistantMessage() => JsonSerializer.Serialize(new
    {
        role = "assistant",
        content = Excerpt.Head(_ask.Text, MaxText).ToString(),
        tool_calls = _calls.Select(call => new { id = call.Id, type = "function", function = new { name = FunctionOf(call), arguments = ArgumentsOf(call) } }),
    });

    private static string FunctionOf(ToolCall call) => Excerpt.Head(call.Name, 64).ToString();

    /// <summary>Arguments that are an object stay as they are; anything else, which a chat template may choke on, is put into one.</summary>
    private static string ArgumentsOf(ToolCall call)
    {
        if (call.Arguments.Length > MaxArguments)
            return "{}";
        try
        {
            if (JsonNode.Parse(call.Arguments) is JsonObject)
                return call.Arguments;
        }
        catch (JsonException)
        {
            // The model wrote no JSON: shown back to it as text.
        }

        return JsonSerializer.Serialize(new { text = call.Arguments });
    }
}
