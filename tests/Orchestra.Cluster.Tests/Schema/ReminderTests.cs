using Microsoft.Extensions.DependencyInjection;

namespace Orchestra.Cluster.Tests.Schema;

public sealed class ReminderTests : IAsyncLifetime
{
    private SchemaDatabase _database = null!;
    private TestSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _database = await SchemaDatabase.CreateAsync();
        _silo = await TestSilo.StartAsync(_database.ConnectionString, "only");
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_reminder_is_registered_fires_and_is_forgotten()
    {
        var grain = _silo.Grains.GetGrain<INoteGrain>("reminded");
        await grain.RemindAsync("tidy");
        (await _database.AskAsync("SELECT name FROM orleans.reminder")).ShouldBe("tidy");
        await Eventually.TrueAsync(async () => await grain.RemindedAsync() > 0);
        await grain.ForgetAsync("tidy");
        (await _database.AskAsync("SELECT count(*) FROM orleans.reminder")).ShouldBe(0L);
    }

    [SkippableFact]
    public async Task Each_part_of_the_ring_reads_its_reminders()
    {
        var table = _silo.Services.GetRequiredService<IReminderTable>();
        var ids = Enumerable.Range(0, 200).Select(i => GrainId.Create("note", $"{i}")).ToList();
        foreach (var id in ids)
            await table.UpsertRow(Entry(id));
        foreach (var (begin, end) in new[] { (0u, 0x4000_0000u), (0x4000_0000u, 0xC000_0000u), (0xC000_0000u, 0x1000_0000u), (0x9000_0000u, 0x1000u), (0u, 0u), (7u, 7u) })
        {
            var within = ids.Where(id => Within(id.GetUniformHashCode(), begin, end)).ToList();
            within.ShouldNotBeEmpty();
            (await table.ReadRows(begin, end)).Reminders.Select(entry => entry.GrainId).ShouldBe(within, ignoreOrder: true);
        }
    }

    [SkippableFact]
    public async Task A_reminder_goes_only_with_the_version_that_was_seen()
    {
        var table = _silo.Services.GetRequiredService<IReminderTable>();
        var id = GrainId.Create("note", "one");
        var first = await table.UpsertRow(Entry(id));
        var second = await table.UpsertRow(Entry(id));
        second.ShouldNotBe(first);
        (await table.RemoveRow(id, "tidy", first!)).ShouldBeFalse();
        var read = (await table.ReadRow(id, "tidy"))!;
        (read.ETag, read.Period, read.StartAt).ShouldBe((second, Entry(id).Period, Entry(id).StartAt));
        (await table.ReadRows(id)).Reminders.Count.ShouldBe(1);
        (await table.RemoveRow(id, "tidy", second!)).ShouldBeTrue();
        (await table.ReadRow(id, "tidy")).ShouldBeNull();

        // One that is registered anew is not taken for the one before.
        await table.UpsertRow(Entry(id));
        (await table.RemoveRow(id, "tidy", first!)).ShouldBeFalse();
    }

    private static bool Within(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Entry(GrainId id) => new()
    {
        GrainId = id,
        ReminderName = "tidy",
        StartAt = new DateTime(2126, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        // More milliseconds than an int holds.
        Period = TimeSpan.FromDays(60),
    };
}
