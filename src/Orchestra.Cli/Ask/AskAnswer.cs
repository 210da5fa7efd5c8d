using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Ask;

/// <summary>A node's answer and what it says about it.</summary>
internal sealed record AskAnswer
{
    public required string Text { get; init; }

    public string? FinishReason { get; init; }

    public NodeReport Report { get; init; } = NodeReport.None;

    /// <summary>One line for a person: what it cost, who answered, where to read on.</summary>
    public string Summary()
    {
        var parts = new List<string>();
        if (FinishReason is not null and not "stop")
            parts.Add($"ended early: {FinishReason}");
        if (Report.Cost is not null)
            parts.Add($"cost ${Report.Cost}");
        if (Report.Experts.Count > 0)
            parts.Add($"experts {string.Join(", ", Report.Experts)}");
        if (Report.TrajectoryId is not null)
            parts.Add($"trajectory {Report.TrajectoryId}");
        return Terminal.Clean(string.Join(" · ", parts));
    }

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        // The readable form: this goes to a terminal or to jq, never into HTML.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("answer", Text);
            json.WriteString("finish_reason", FinishReason);
            json.WriteString("trajectory", Report.TrajectoryId);
            json.WriteString("cost_usd", Report.Cost);
            json.WriteStartArray("experts");
            foreach (var expert in Report.Experts)
                json.WriteStringValue(expert);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
