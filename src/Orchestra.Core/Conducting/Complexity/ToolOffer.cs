using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>The catalogue's tools as they are offered to an expert, each under a function name of its own.</summary>
internal sealed class ToolOffer
{
    private const int MaxTools = 32;

    private readonly Dictionary<string, ExpertDescriptor> _byFunction = new(StringComparer.Ordinal);

    /// <summary>Offers these tools; two with the same function name are told apart by a number.</summary>
    public ToolOffer(IEnumerable<ExpertDescriptor> tools)
    {
        foreach (var tool in tools.Take(MaxTools))
        {
            var name = tool.Tool!.Name;
            for (var i = 2; !_byFunction.TryAdd(name, tool); i++)
                name = $"{tool.Tool.Name}_{i}";
        }
    }

    /// <summary>Whether there is nothing to offer.</summary>
    public bool IsEmpty => _byFunction.Count == 0;

    /// <summary>The functions' names.</summary>
    public IEnumerable<string> Functions => _byFunction.Keys;

    /// <summary>The tool behind a function; null where none has that name.</summary>
    public ExpertDescriptor? Find(string function) => _byFunction.GetValueOrDefault(function);

    /// <summary>The JSON of the request's <c>tools</c>.</summary>
    public string ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            foreach (var (name, expert) in _byFunction)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "function"u8);
                json.WriteStartObject("function"u8);
                json.WriteString("name"u8, name);
                json.WriteString("description"u8, expert.Tool!.Description);
                json.WritePropertyName("parameters"u8);
                JsonNode.Parse(expert.Tool.ParametersSchema)!.WriteTo(json);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
