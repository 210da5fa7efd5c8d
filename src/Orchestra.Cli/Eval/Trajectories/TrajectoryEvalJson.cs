using System.Text;
using System.Text.Json;
using Orchestra.Core.Learning.Evaluation.OffPolicy;

namespace Orchestra.Cli.Eval.Trajectories;

/// <summary>Writes an evaluation on logged traffic as one JSON object; what is not known is null.</summary>
internal static class TrajectoryEvalJson
{
    private const double Thousand = 1_000;

    /// <summary>The object, on one line.</summary>
    public static string Write(string policy, TrajectoryEval evaluation, OffPolicyReport report)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("protocol", "trajectories: doubly robust on logged traffic");
            json.WriteString("policy", policy);
            if (evaluation.Lambda is { } lambda)
                json.WriteNumber("lambda", lambda);
            else
                json.WriteNull("lambda");
            json.WriteNumber("trajectories", report.Trajectories);
            json.WriteNumber("queries", report.Queries);
            json.WriteStartObject("skipped");
            foreach (var (reason, count) in report.Skipped)
                json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), count);
            json.WriteEndObject();
            json.WriteStartArray("unknown_experts");
            foreach (var expert in report.UnknownExperts)
                json.WriteStringValue(expert);
            json.WriteEndArray();
            json.WriteNumber("decisions_per_query", report.DecisionsPerQuery);
            json.WriteNumber("agreement", report.Agreement);
            json.WriteNumber("unsupported", report.Unsupported);
            Figure(json, "score", report.Score, 1);
            Figure(json, "cost_usd_per_1k", report.Dollars, Thousand);
            json.WriteStartArray("cautions");
            foreach (var caution in report.Cautions)
                json.WriteStringValue(caution);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Figure(Utf8JsonWriter json, string name, OffPolicyEstimate? figure, double unit)
    {
        if (figure is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("queries", figure.Queries);
        Mean(json, "logged", figure.Logged.Times(unit));
        Mean(json, "candidate", figure.Value.Times(unit));
        Mean(json, "difference", figure.Gain.Times(unit));
        json.WriteNumber("effective_sample_size", figure.EffectiveSampleSize);
        json.WriteNumber("largest_weight", figure.LargestWeight);
        json.WriteNumber("max_weight", figure.MaxWeight);
        json.WriteNumber("clipped", figure.Clipped);
        Number(json, "weights_alone", figure.Ips * unit);
        Number(json, "weights_normalised", figure.Snips * unit);
        Number(json, "predictions_alone", figure.DirectMethod * unit);
        json.WriteEndObject();
    }

    private static void Mean(Utf8JsonWriter json, string name, MeanEstimate mean)
    {
        Number(json, name, mean.Value);
        Number(json, $"{name}_low", mean.Interval.Low);
        Number(json, $"{name}_high", mean.Interval.High);
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
