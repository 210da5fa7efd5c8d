using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Tests.Learning.Policies;

public sealed class ExpertStrengthsTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 11).Select(index => $"expert {index}")];

    [Fact]
    public void The_log_odds_are_the_weights_of_what_occurs_in_the_query()
    {
        var (strengths, query, scaled) = World();
        var logOdds = new float[ExpertStrengths.MostExperts];

        strengths.Project(query, scaled, logOdds);

        for (var expert = 0; expert < Names.Length; expert++)
        {
            var expected = strengths[expert, ExpertStrengths.Length - 1];
            foreach (var term in query.Terms)
                expected += strengths[expert, term] * query.TermValue;
            for (var i = 0; i < scaled.Length; i++)
                expected += strengths[expert, QueryFeatures.Buckets + i] * scaled[i];
            logOdds[expert].ShouldBe(expected, 1e-3f);
        }
    }

    [Fact]
    public void Projecting_allocates_nothing()
    {
        var (strengths, query, scaled) = World();
        var logOdds = new float[ExpertStrengths.MostExperts];
        strengths.Project(query, scaled, logOdds);

        var before = GC.GetAllocatedBytesForCurrentThread();
        strengths.Project(query, scaled, logOdds);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Of_an_expert_that_was_not_learned_about_nothing_is_known() =>
        new ExpertStrengths(Names).PlacesOf(["expert 3", "another", "expert 0"]).ShouldBe([3, -1, 0]);

    private static (ExpertStrengths Strengths, QueryFeatures Query, float[] Scaled) World()
    {
        var random = new Random(6);
        var strengths = new ExpertStrengths(Names);
        for (var weight = 0; weight < ExpertStrengths.Length; weight++)
        {
            for (var expert = 0; expert < Names.Length; expert++)
                strengths[expert, weight] = (float)random.NextDouble() - 0.5f;
        }

        var query = new QueryFeatures();
        query.Read("How many red apples are left, if 3 of 12 were eaten and 2 were green?");
        return (strengths, query, [.. Enumerable.Range(0, StructureScale.Length).Select(_ => (float)random.NextDouble() - 0.5f)]);
    }
}
