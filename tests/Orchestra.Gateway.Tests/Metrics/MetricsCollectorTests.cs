using System.Diagnostics.Metrics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Gateway.Metrics;

namespace Orchestra.Gateway.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private static int Runs;
    private readonly Meter _meter = new("Orchestra.Tests");
    private readonly MetricsCollector _collector = new(NullLogger<MetricsCollector>.Instance);
    private readonly string _name = $"test{Interlocked.Increment(ref Runs)}";

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counters_count_and_say_what_of()
    {
        var counter = _meter.CreateCounter<long>($"{_name}.calls", "{call}", "Calls,\nwith a \\ in it.");
        counter.Add(2, new KeyValuePair<string, object?>("expert.name", "small"));
        counter.Add(3, new KeyValuePair<string, object?>("expert.name", "small"));
        counter.Add(-1, new KeyValuePair<string, object?>("expert.name", "small"));
        counter.Add(1);
        var page = Read();

        page[$$"""{{_name}}_calls_total{expert_name="small"}"""].ShouldBe(5);
        page[$"{_name}_calls_total"].ShouldBe(1);
        page.Types[$"{_name}_calls_total"].ShouldBe("counter");
        page.Helps[$"{_name}_calls_total"].ShouldBe(@"Calls,\nwith a \\ in it.");
    }

    [Fact]
    public void Levels_rise_and_fall_and_the_last_one_counts()
    {
        var level = _meter.CreateUpDownCounter<int>($"{_name}.level");
        var gauge = _meter.CreateGauge<double>($"{_name}.size", "By");
        level.Add(5);
        level.Add(-7);
        gauge.Record(9);
        gauge.Record(double.NegativeInfinity);
        var page = Read();

        page[$"{_name}_level"].ShouldBe(-2);
        page[$"{_name}_size_bytes"].ShouldBe(double.NegativeInfinity);
        page.Types[$"{_name}_size_bytes"].ShouldBe("gauge");
    }

    [Fact]
    public void Histograms_have_rising_buckets_a_number_and_a_sum()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] };
        var histogram = _meter.CreateHistogram($"{_name}.duration", "s", null, tags: null, advice: advice);
        foreach (var value in new[] { 0.25, 0.5, 0.75, 8, double.NaN })
            histogram.Record(value, new KeyValuePair<string, object?>("le", "mine"));
        var page = Read();

        page[$$"""{{_name}}_duration_seconds_bucket{le_="mine",le="0.5"}"""].ShouldBe(2);
        page[$$"""{{_name}}_duration_seconds_bucket{le_="mine",le="1"}"""].ShouldBe(3);
        page[$$"""{{_name}}_duration_seconds_bucket{le_="mine",le="+Inf"}"""].ShouldBe(4);
        page[$$"""{{_name}}_duration_seconds_count{le_="mine"}"""].ShouldBe(4);
        page[$$"""{{_name}}_duration_seconds_sum{le_="mine"}"""].ShouldBe(9.5);
        page.Types[$"{_name}_duration_seconds"].ShouldBe("histogram");
    }

    [Fact]
    public void What_is_observed_shows_while_it_is_reported_and_replicas_count_together()
    {
        var measured = new List<Measurement<int>> { new(3, new KeyValuePair<string, object?>("expert", "small")), new(4, new KeyValuePair<string, object?>("expert", "small")) };
        _meter.CreateObservableGauge($"{_name}.depth", () => measured);
        _meter.CreateObservableCounter($"{_name}.seen", () => 12L);
        var first = Read();
        measured.RemoveAt(0);
        var second = Read();
        measured.Clear();
        var third = Read();

        first[$$"""{{_name}}_depth{expert="small"}"""].ShouldBe(7);
        second[$$"""{{_name}}_depth{expert="small"}"""].ShouldBe(4);
        third.SamplesOf($"{_name}_depth").ShouldBeEmpty();
        third[$"{_name}_seen_total"].ShouldBe(12);
    }

    [Fact]
    public void An_instrument_that_fails_costs_only_its_own_numbers()
    {
        _meter.CreateObservableGauge($"{_name}.broken", (Func<int>)(() => throw new InvalidOperationException("This one is broken.")));
        _meter.CreateObservableGauge($"{_name}.whole", () => 1);

        Read()[$"{_name}_whole"].ShouldBe(1);
    }

    [Fact]
    public void Labels_from_a_stranger_do_not_grow_the_page_without_bound()
    {
        var counter = _meter.CreateCounter<int>($"{_name}.hostile");
        for (var i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("name", $"{i}{new string('x', i)}"));
        var page = Read();

        page.SamplesOf($"{_name}_hostile_total").Count().ShouldBe(201);
        page.SamplesOf($"{_name}_hostile_total").Sum(sample => page[sample]).ShouldBe(5_000);
        page[$$"""{{_name}}_hostile_total{otel_metric_overflow="true"}"""].ShouldBe(4_800);
        page.Samples.Keys.ShouldAllBe(sample => sample.Length < 400);
    }

    [Fact]
    public void All_metrics_together_have_a_bound_too()
    {
        for (var metric = 0; metric < 40; metric++)
        {
            var counter = _meter.CreateCounter<int>($"{_name}.wide{metric}");
            for (var i = 0; i < 200; i++)
                counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        Read().Samples.Count(sample => sample.Key.StartsWith($"{_name}_wide", StringComparison.Ordinal)).ShouldBeInRange(4_000, 5_040);
    }

    [Fact]
    public void The_order_of_tags_does_not_matter_and_a_label_set_is_there_once()
    {
        var counter = _meter.CreateCounter<int>($"{_name}.ordered");
        counter.Add(1, new("a", "x"), new("b", 1));
        counter.Add(1, new("b", 1), new("a", "x"));
        counter.Add(1, new("a", "x"), new("b", "1"));
        counter.Add(1, new("a", "x"), new("b", 1), new("b.", "again"), new("b-", "again"));
        var page = Read();

        page[$$"""{{_name}}_ordered_total{a="x",b="1"}"""].ShouldBe(3);
        page[$$"""{{_name}}_ordered_total{a="x",b="1",b_="again"}"""].ShouldBe(1);
    }

    [Fact]
    public void Two_instruments_of_one_name_count_together_and_of_two_kinds_the_first_counts()
    {
        _meter.CreateCounter<int>($"{_name}.twice").Add(1);
        _meter.CreateCounter<double>($"{_name}-twice").Add(2);
        _meter.CreateObservableCounter($"{_name}_twice", () => 100);

        Read()[$"{_name}_twice_total"].ShouldBe(3);
    }

    [Fact]
    public void Other_meters_are_not_listened_to()
    {
        using var near = new Meter("OrchestraOfOthers");
        near.CreateCounter<int>($"{_name}.others").Add(1);

        Read().SamplesOf($"{_name}_others_total").ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_lost_when_many_threads_measure()
    {
        var counter = _meter.CreateCounter<int>($"{_name}.shared");
        var histogram = _meter.CreateHistogram<int>($"{_name}.sizes");
        Parallel.For(0, 20_000, i =>
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i % 7));
            histogram.Record(i % 3);
        });
        var page = Read();

        page.SamplesOf($"{_name}_shared_total").Sum(sample => page[sample]).ShouldBe(20_000);
        page[$"{_name}_sizes_count"].ShouldBe(20_000);
        page[$"{_name}_sizes_sum"].ShouldBe(Enumerable.Range(0, 20_000).Sum(i => i % 3));
    }

    [Fact]
    public void A_measurement_with_known_tags_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>($"{_name}.lean");
        var tag = new KeyValuePair<string, object?>("expert", "small");
        counter.Add(1, tag);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            counter.Add(1, tag);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Property(MaxTest = 100)]
    public Property Any_name_and_any_value_make_a_page_that_a_scraper_takes(NonNull<string> name, NonNull<string> tag, string? value) => Prop.Label(
        Prop.ToProperty(() =>
        {
            using var meter = new Meter("Orchestra.Tests");
            meter.CreateCounter<int>($"{_name}{name.Get}").Add(1, new KeyValuePair<string, object?>(tag.Get, value));
            return Read().Samples.Values.Contains(1);
        }),
        "a page that parses");

    private MetricsPage Read() => MetricsPage.Parse(Encoding.UTF8.GetString(_collector.Read().Span));
}
