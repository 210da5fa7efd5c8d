using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Evaluation;
using static Orchestra.Core.Tests.Learning.Evaluation.Tables;

namespace Orchestra.Core.Tests.Learning.Evaluation;

public sealed class EvaluationSetupTests
{
    [Fact]
    public void A_pair_is_compared_on_the_rows_that_both_answered()
    {
        var setup = EvaluationSetup.OfPair([Row("a", "t", ("x", 1, 0.1m)), Row("b", "t", ("x", 1, 0.1m), ("y", 0, 0.2m), ("z", 0, 0.3m)), Row("c", "t", ("y", 1, 0.2m))], "y", "x", cascade: true);
        setup.Table.Rows.Select(row => row.Id).ShouldBe(["b"]);
        (setup.Table.Experts[setup.Weak].Name, setup.Table.Experts[setup.Strong].Name).ShouldBe(("y", "x"));
    }

    [Fact]
    public void An_unknown_expert_is_told_with_those_that_exist() =>
        Should.Throw<OrchestraException>(() => EvaluationSetup.OfPair([Row("a", "t", ("x", 1, 0.1m), ("y", 1, 0.2m))], "x", "nobody", cascade: true)).Message.ShouldContain("x, y");

    [Fact]
    public void One_expert_is_no_pair() =>
        Should.Throw<OrchestraException>(() => EvaluationSetup.OfPair([Row("a", "t", ("x", 1, 0.1m))], "x", "x", cascade: true)).Message.ShouldContain("name two");

    [Fact]
    public void An_expert_that_is_missing_from_a_row_is_no_baseline_and_never_counted_as_wrong()
    {
        var setup = EvaluationSetup.OfExperts([Row("a", "t", ("x", 1, 0.1m), ("y", 1, 0.2m)), Row("b", "t", ("x", 0, 0.1m))], null, cascade: true);
        setup.Table.Rows.Count.ShouldBe(2);
        setup.Complete.Select(expert => setup.Table.Experts[expert].Name).ShouldBe(["x"]);
    }

    [Fact]
    public void Named_experts_are_compared_on_the_rows_that_all_of_them_answered() =>
        EvaluationSetup.OfExperts([Row("a", "t", ("x", 1, 0.1m), ("y", 1, 0.2m)), Row("b", "t", ("x", 0, 0.1m))], ["x", "y"], cascade: true).Table.Rows.Count.ShouldBe(1);

    [Fact]
    public void Where_no_expert_answered_every_row_there_is_nothing_to_compare_with() =>
        Should.Throw<OrchestraException>(() => EvaluationSetup.OfExperts([Row("a", "t", ("x", 1, 0.1m)), Row("b", "t", ("y", 0, 0.1m))], null, cascade: true)).Message.ShouldContain("one by one");

    [Fact]
    public void Of_all_experts_the_cheapest_is_the_weak_one_and_the_most_accurate_the_strong_one()
    {
        var setup = EvaluationSetup.OfExperts(Tables.Random(1, 200), null, cascade: true);
        (setup.Table.Experts[setup.Weak].Name, setup.Table.Experts[setup.Strong].Name).ShouldBe(("cheap", "dear"));
    }
}
