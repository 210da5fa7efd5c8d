using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Tests.Learning.Features;

public sealed class QueryFeaturesTests
{
    private const string Query = "A train leaves at 7:30 and covers 120 miles. How fast is the train?\nA. 40 B. 60";

    [Property]
    public void The_same_text_has_the_same_features_whatever_was_read_before(NonNull<string> text, NonNull<string> before)
    {
        var fresh = new QueryFeatures();
        var used = new QueryFeatures();
        used.Read(before.Get);
        fresh.Read(text.Get);
        used.Read(text.Get);

        used.Terms.ToArray().ShouldBe(fresh.Terms.ToArray());
        used.Structure.ToArray().ShouldBe(fresh.Structure.ToArray());
        used.TermValue.ShouldBe(fresh.TermValue);
        used.Stem.ToArray().ShouldBe(fresh.Stem.ToArray());
        fresh.Structure.ToArray().ShouldAllBe(number => float.IsFinite(number));
        fresh.Stem.ToArray().ShouldAllBe(number => float.IsFinite(number));
    }

    [Fact]
    public void Terms_stand_once_and_have_unit_length_together()
    {
        var features = new QueryFeatures();
        features.Read(Query);

        var terms = features.Terms.ToArray();
        terms.Length.ShouldBeGreaterThan(15);
        terms.ShouldBeUnique();
        terms.ShouldAllBe(term => term >= 0 && term < QueryFeatures.Buckets);
        (terms.Length * features.TermValue * features.TermValue).ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData("How fast is it?\nA. 40 B. 60", "How fast is it?\n")]
    [InlineData("How fast is it? (A) 40 (B) 60 (C) 80", "How fast is it? (")]
    [InlineData("Vitamin A. is what?", "Vitamin A. is what?")]
    [InlineData("Example?\nA. 1\nB. 2\nAnd this one, of 3?\nA. 4\nB. 5", "Example?\nA. 1\nB. 2\nAnd this one, of 3?\n")]
    public void The_stem_is_what_stands_before_the_options(string query, string stem)
    {
        var features = new QueryFeatures();
        features.Read(stem);
        var expected = features.Structure.ToArray();

        features.Read(query);

        features.Stem.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var features = new QueryFeatures();
        var large = LargeText("word");
        features.Read(large);
        features.Read(Query);

        var before = GC.GetAllocatedBytesForCurrentThread();
        features.Read(large);
        features.Read(Query);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Of_a_text_of_a_million_characters_only_the_beginning_and_the_end_are_read()
    {
        var (features, others) = (new QueryFeatures(), new QueryFeatures());
        var large = LargeText("word");
        features.Read(large);
        others.Read(string.Concat(large.AsSpan(0, 400_000), LargeText("other").AsSpan(0, 1_000), large.AsSpan(401_000)));

        features.Terms.Length.ShouldBeInRange(1_000, QueryFeatures.MaxTerms);
        others.Terms.ToArray().ShouldBe(features.Terms.ToArray());
        features.Structure.ToArray().ShouldAllBe(number => Math.Abs(number) < 10);
    }

    private static string LargeText(string word) => string.Join(' ', Enumerable.Range(0, 200_000).Select(index => word + (char)('a' + (index % 26)) + (char)('a' + (index / 26 % 26)) + index))[..1_000_000];
}
