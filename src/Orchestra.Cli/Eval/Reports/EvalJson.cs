using System.Text;
using System.Text.Json;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Evaluation.Reports;
using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Cli.Eval.Reports;

/// <summary>Writes an evaluation as one JSON object; what is not defined or not reached is null.</summary>
internal static class EvalJson
{
    /// <summary>The object, on one line.</summary>
    public static string Write(Evaluation evaluation)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            var setup = evaluation.Report.Setup;
            json.WriteStartObject();
            json.WriteString("protocol", evaluation.Label.Training);
            json.WriteString("answers", evaluation.Label.Answers);
            json.WriteBoolean("cascade", setup.Cascade);
            if (setup.Folds is not null)
                json.WriteString("preferences_of_folds", setup.RankInFolds ? "ranked within folds" : "as they are");
            Strings(json, "table", evaluation.Options.Files.Select(file => Path.GetFileName(file)));
            json.WriteNumber("rows", setup.Table.Rows.Count);
            json.WriteNumber("seed", setup.Seed);
            json.WriteNumber("resamples", Bootstrap.Resamples);
            Strings(json, "experts", setup.Table.Experts.Select(expert => expert.Name));
            json.WriteString("weak", setup.Table.Experts[setup.Weak].Name);
            json.WriteString("strong", setup.Table.Experts[setup.Strong].Name);
            json.WriteString("best_single", evaluation.Report.Best.Name);
            json.WriteStartArray("policies");
            foreach (var policy in evaluation.Report.Policies)
                Policy(json, policy);
            json.WriteEndArray();
            if (evaluation.Online is { } online)
                Online(json, online);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Policy(Utf8JsonWriter json, PolicyFigures policy)
    {
        json.WriteStartObject();
        json.WriteString("name", policy.Name);
        Point(json, policy.Shown, withCalls: false);
        Figure(json, "apgr", policy.Apgr);
        Figure(json, "cpt50", policy.Cpt50);
        Figure(json, "cpt80", policy.Cpt80);
        Figure(json, "match_best_cost_ratio", policy.MatchBestCostRatio);
        json.WriteStartArray("accuracy_at_cost_ratio");
        foreach (var point in policy.AtCostRatios)
        {
            json.WriteStartObject();
            Number(json, "cost_ratio", point.CostRatio);
            Number(json, "accuracy", point.Accuracy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("frontier");
        foreach (var point in policy.Frontier)
        {
            json.WriteStartObject();
            if (point.Lambda is { } lambda)
                json.WriteNumber("lambda", Math.Round(lambda, 6));
            else
                json.WriteNull("lambda");
            Point(json, point, withCalls: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Online(Utf8JsonWriter json, OnlineFigures online)
    {
        json.WriteStartObject("online");
        json.WriteStartArray("windows");
        foreach (var window in online.Windows)
        {
            json.WriteStartObject();
            json.WriteNumber("queries", window.Queries);
            Figure(json, "apgr_until", window.ApgrUntil);
            Figure(json, "apgr_after", window.ApgrAfter);
            Number(json, "apgr_after_spread", window.SpreadAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("curve");
        foreach (var step in online.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("queries", step.Queries);
            Number(json, "accuracy", step.Accuracy);
            Number(json, "cost_usd_per_1k", step.CostUsdPer1k);
            Number(json, "strong_share", step.StrongShare);
            Number(json, "reward", step.Reward);
            Number(json, "reward_of_weak", step.RewardOfWeak);
            Number(json, "reward_of_strong", step.RewardOfStrong);
            Number(json, "regret", step.Regret);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, FrontierPoint point, bool withCalls)
    {
        Figure(json, "accuracy", new Estimate(point.Accuracy, point.AccuracyInterval));
        Figure(json, "cost_usd_per_1k", new Estimate(point.CostUsdPer1k, point.CostInterval));
        Number(json, "calls_per_query", point.CallsPerQuery);
        Number(json, "strong_share", point.StrongShare);
        if (!withCalls)
            return;
        json.WriteStartArray("calls_by_expert");
        foreach (var calls in point.CallsByExpert)
            json.WriteNumberValue(Math.Round(calls, 6));
        json.WriteEndArray();
    }

    private static void Figure(Utf8JsonWriter json, string name, Estimate? estimate)
    {
        Number(json, name, estimate?.Value ?? double.NaN);
        if (estimate is not { } known)
            return;
        Number(json, name + "_low", known.Interval.Low);
        Number(json, name + "_high", known.Interval.High);
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, Math.Round(value, 9));
        else
            json.WriteNull(name);
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
