using FsCheck.Xunit;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Baselines;
using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Evaluation.Reports;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Evaluation.Baselines;

public sealed class BaselineTests
{
    [Fact]
    public void All_that_the_protocol_allows_stand_beside_each_other()
    {
        var rows = Tables.Random(1, 60);
        Names(EvaluationSetup.OfExperts(rows, null, cascade: false)).ShouldBe(["always-cheapest", "cheap", "middle", "dear", "random mix", "prompt length", "complexity conductor", "oracle"]);
        Names(Folded(rows, cascade: false)).ShouldBe(
            ["always-cheapest", "cheap", "middle", "dear", "random mix", "prompt length", "complexity conductor", "task label", "nearest neighbours", "oracle"]);
    }

    [Fact]
    public void The_task_label_learns_from_other_rows_which_task_needs_the_dear_expert()
    {
        var run = Run(Folded(Tables.Random(2, 600), cascade: false), "task label");
        // At a price of a fifth of the score for the dear expert, hard questions are worth it and easy ones are not.
        var point = run.Points.MinBy(each => Math.Abs(each.Lambda!.Value - 0.2))!;
        point.CallsOf(2).ShouldBe(0.5, 0.06);
        point.Accuracy.ShouldBe(0.81, 0.04);
    }

    [Fact]
    public void A_row_teaches_its_own_estimate_nothing()
    {
        // Each task stands in one row only: its label says nothing about it in any other fold.
        List<OutcomeRow> rows = [.. Enumerable.Range(0, 40).Select(i => Tables.Row($"p{i}", $"t{i}", ("cheap", i % 2, 0.001m), ("dear", 1 - (i % 2), 0.01m)))];
        var pair = EvaluationSetup.OfPair(rows, "cheap", "dear", cascade: false);
        var setup = pair.With(RowFolds.Assign(pair.Table.Rows, 4, 1), 1);
        var preferences = Run(setup, "task label").Preferences!;
        for (var fold = 0; fold < 4; fold++)
            RowFolds.RowsOf(setup.Folds!, fold).Select(row => preferences[row]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Neighbours_find_prompts_that_read_alike()
    {
        List<OutcomeRow> rows = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0
            ? Tables.Row($"Compute the integral of the function number {i}", "t", ("cheap", 0, 0.001m), ("dear", 1, 0.01m))
            : Tables.Row($"Which river flows through the town with the code {i}", "t", ("cheap", 1, 0.001m), ("dear", 1, 0.01m)))];
        var setup = EvaluationSetup.OfPair(rows, "cheap", "dear", cascade: false);
        Run(setup.With(RowFolds.Assign(setup.Table.Rows, 5, 1), 1), "nearest neighbours").Points[5].Accuracy.ShouldBe(1);
    }

    [Fact]
    public void Two_that_agree_save_the_third()
    {
        var setup = EvaluationSetup.OfExperts([Said("a", "#### 4", "#### 4.0", "#### 5"), Said("b", "#### 4", "#### 7", "#### 5"), Said("c", "no idea", "no idea", "#### 5")], null, cascade: true);
        var point = Run(setup, "two agree, else escalate").Points.ShouldHaveSingleItem();
        point.CallsOf(2).ShouldBe(2 / 3.0, 1e-12);
        point.CallsPerQuery.ShouldBe(2 + (2 / 3.0), 1e-12);
        point.Scores.ShouldBe([0, 1, 1]);
    }

    [Property(MaxTest = 15)]
    public void Nothing_beats_the_oracle(int seed)
    {
        var setup = Folded(Tables.Random(seed, 60), cascade: true);
        var runs = Baseline.RunAll(setup, default);
        var best = runs.Single(run => run.Kind == PolicyKind.Oracle).Shown.Accuracy;
        runs.SelectMany(run => run.Points).ShouldAllBe(point => point.Accuracy <= best + 1e-12);
    }

    [Property(MaxTest = 5)]
    public void The_names_of_experts_change_nothing(int seed)
    {
        var one = Figures(Tables.Random(seed, 60));
        var other = Figures(Tables.Random(seed, 60, "zeta", "alpha", "middle"));
        for (var i = 0; i < one.Count; i++)
        {
            other[i].Frontier.Select(point => (point.Accuracy, point.CostUsdPer1k)).ShouldBe(one[i].Frontier.Select(point => (point.Accuracy, point.CostUsdPer1k)));
            other[i].Shown.AccuracyInterval.ShouldBe(one[i].Shown.AccuracyInterval);
        }
    }

    [SkippableFact]
    public async Task On_the_recorded_table_two_that_agree_reach_what_is_known_of_them()
    {
        var rows = new List<OutcomeRow>();
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path("mmlu_pro.jsonl.gz")))
            rows.Add(row);
        var setup = EvaluationSetup.OfExperts(rows, null, cascade: true);
        var points = Run(setup, "two agree, else escalate").Points;
        var best = SingleExperts.PointOf(setup, setup.Strong);
        best.Accuracy.ShouldBe(0.725, 0.0005);
        (points.Where(point => point.Accuracy > 0.7285).Min(point => point.CostsUsd.Sum()) / best.CostsUsd.Sum()).ShouldBe(0.55, 0.01);
    }

    private static List<PolicyFigures> Figures(List<OutcomeRow> rows)
    {
        var setup = Folded(rows, cascade: true);
        return [.. ReportBuilder.Build(setup, Baseline.RunAll(setup, default), default).Policies];
    }

    private static EvaluationSetup Folded(List<OutcomeRow> rows, bool cascade)
    {
        var setup = EvaluationSetup.OfExperts(rows, null, cascade);
        return setup.With(RowFolds.Assign(setup.Table.Rows, 5, 1), 1);
    }

    private static IEnumerable<string> Names(EvaluationSetup setup) => Baseline.RunAll(setup, default).Select(run => run.Name);

    private static PolicyRun Run(EvaluationSetup setup, string name) => Baseline.RunAll(setup, default).Single(run => run.Name == name);

    /// <summary>A row where only the dear expert is right.</summary>
    private static OutcomeRow Said(string prompt, string cheap, string middle, string dear)
    {
        var row = Tables.Row(prompt, "t", ("cheap", 0, 0.001m), ("middle", 0, 0.002m), ("dear", 1, 0.01m));
        return row with { Outcomes = row.Outcomes.ToDictionary(each => each.Key, each => each.Value with { Response = each.Key == "cheap" ? cheap : each.Key == "middle" ? middle : dear }) };
    }
}
