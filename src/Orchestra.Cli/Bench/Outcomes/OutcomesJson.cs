using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>Writes a report as one JSON object.</summary>
internal static class OutcomesJson
{
    /// <summary>The object, on one line.</summary>
    public static string Write(OutcomesReport report, OutcomesBenchOptions options)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Strings(json, "data", options.Files);
            json.WriteString("url", options.Url.ToString());
            json.WriteString("model", options.Model);
            json.WriteNumber("asked", report.Asked);
            json.WriteNumber("answered", report.Answered);
            json.WriteNumber("ungraded", report.Ungraded);
            json.WriteNumber("without_cost", report.WithoutCost);
            json.WriteNumber("accuracy", report.Accuracy);
            // A string: most readers take JSON numbers for floating point and would lose nano-dollars.
            json.WriteString("total_cost_usd", report.TotalCostUsd.ToString("0.############################", CultureInfo.InvariantCulture));
            json.WriteNumber("cost_usd_per_1k", decimal.Round(report.CostUsdPerThousand, 9));
            json.WriteNumber("wall_seconds", Math.Round(report.WallTime.TotalSeconds, 3));
            Calls(json, report);
            json.WriteStartObject("errors");
            foreach (var (code, count) in report.Errors)
                json.WriteNumber(code, count);
            json.WriteEndObject();
            Failures(json, report);
            Baselines(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Calls(Utf8JsonWriter json, OutcomesReport report)
    {
        json.WriteStartArray("calls");
        foreach (var expert in report.Calls)
        {
            json.WriteStartObject();
            json.WriteString("expert", expert.Expert);
            json.WriteNumber("calls", expert.Calls);
            json.WriteNumber("share", expert.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Failures(Utf8JsonWriter json, OutcomesReport report)
    {
        json.WriteStartArray("failures");
        foreach (var failure in report.Failures)
        {
            json.WriteStartObject();
            json.WriteString("id", failure.Id);
            json.WriteString("code", failure.Code);
            json.WriteString("trajectory", failure.Trajectory);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Baselines(Utf8JsonWriter json, OutcomesReport report)
    {
        json.WriteStartArray("baselines");
        foreach (var baseline in report.Baselines)
        {
            json.WriteStartObject();
            json.WriteString("name", baseline.Name);
            json.WriteString("model", baseline.Model);
            json.WriteNumber("accuracy", baseline.Accuracy);
            if (baseline.CostUsdPerThousand is { } cost)
                json.WriteNumber("cost_usd_per_1k", decimal.Round(cost, 9));
            else
                json.WriteNull("cost_usd_per_1k");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
