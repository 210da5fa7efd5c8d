using Microsoft.Extensions.DependencyInjection;

namespace Orchestra.Cluster.Tests.Schema;

public sealed class TwoSilosTests : IAsyncLifetime
{
    private SchemaDatabase _database = null!;
    private TestSilo _first = null!;

    public async Task InitializeAsync()
    {
        _database = await SchemaDatabase.CreateAsync();
        _first = await TestSilo.StartAsync(_database.ConnectionString, "first");
    }

    public async Task DisposeAsync()
    {
        if (_first is not null)
            await _first.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task What_a_grain_wrote_is_read_after_its_silo_has_stopped()
    {
        await using var second = await TestSilo.StartAsync(_database.ConnectionString, "second");
        await Eventually.TrueAsync(async () => await ActiveAsync(_first) == 2 && await ActiveAsync(second) == 2);
        var written = new List<string>();
        for (var i = 0; !written.Contains("second"); i++)
        {
            i.ShouldBeLessThan(1000);
            written.Add(await _first.Grains.GetGrain<INoteGrain>($"note-{i}").WriteAsync($"line {i}"));
        }

        await second.StopAsync();
        await Eventually.TrueAsync(async () => await ActiveAsync(_first) == 1);
        for (var i = 0; i < written.Count; i++)
            (await _first.Grains.GetGrain<INoteGrain>($"note-{i}").ReadAsync()).ShouldBe(new Note { Line = $"line {i}", Silo = "first" });
    }

    [SkippableFact]
    public async Task A_killed_silo_is_declared_dead_and_its_row_alone_is_cleaned_up()
    {
        using (var killed = await SiloProcess.StartAsync(_database.ConnectionString))
        {
            await Eventually.TrueAsync(async () => await ActiveAsync(_first) == 2);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        (await StatusAsync("killed")).ShouldBe((int)SiloStatus.Active);
        await Eventually.TrueAsync(async () => await StatusAsync("killed") is (int)SiloStatus.Dead);
        (await _database.AskAsync("SELECT suspicions IS NOT NULL FROM orleans.silo WHERE silo_name = 'killed'")).ShouldBe(true);

        // Even with a limit that every row is older than, as where clocks are wrong.
        await _first.Services.GetRequiredService<IMembershipTable>().CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow().AddDays(1));
        (await StatusAsync("killed")).ShouldBeNull();
        (await StatusAsync("first")).ShouldBe((int)SiloStatus.Active);
    }

    private static async Task<int> ActiveAsync(TestSilo silo) => (await silo.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

    private Task<object?> StatusAsync(string silo) => _database.AskAsync($"SELECT status FROM orleans.silo WHERE silo_name = '{silo}'");
}
