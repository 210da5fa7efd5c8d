using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestra.Cluster.Tests.Schema;

public sealed class MembershipTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private SchemaDatabase _database = null!;
    private TestSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _database = await SchemaDatabase.CreateAsync();
        // Not started: a silo would change the list, too.
        _silo = TestSilo.Create(_database.ConnectionString, "only");
    }

    public async Task DisposeAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task Of_changes_to_the_same_list_of_silos_one_goes_through()
    {
        var table = _silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        var seen = (await table.ReadAllAsync()).Version;
        var added = await Task.WhenAll(Enumerable.Range(1, 16).Select(port => table.InsertRowAsync(Entry(port), seen.Next())));
        added.Count(done => done).ShouldBe(1);
        var after = await table.ReadAllAsync();
        after.Version.Version.ShouldBe(seen.Version + 1);

        var entry = after.Members.Single().Item1;
        entry.AddSuspector(Address(99), entry.StartTime);
        var changed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => table.UpdateRowAsync(entry, after.Version.VersionEtag, after.Version.Next())));
        changed.Count(done => done).ShouldBe(1);
        var row = await table.ReadRowAsync(entry.SiloAddress);
        row.Version.Version.ShouldBe(seen.Version + 2);
        row.Members.Single().Item1.SuspectTimes!.Single().Item1.ShouldBe(Address(99));

        // A silo that is not in the list, or is in it already, leaves the version as it is.
        (await table.UpdateRowAsync(Entry(100), row.Version.VersionEtag, row.Version.Next())).ShouldBeFalse();
        (await table.InsertRowAsync(entry, row.Version.Next())).ShouldBeFalse();
        (await table.ReadRowAsync(Address(100))).ShouldSatisfyAllConditions(
            none => none.Members.ShouldBeEmpty(),
            none => none.Version.Version.ShouldBe(seen.Version + 2));

        entry.IAmAliveTime = entry.StartTime.AddMinutes(1);
        await table.UpdateIAmAliveAsync(entry);
        (await table.ReadRowAsync(entry.SiloAddress)).Members.Single().Item1.IAmAliveTime.ShouldBe(entry.IAmAliveTime);

        await table.DeleteMembershipTableEntriesAsync("orchestra");
        (await _database.AskAsync("SELECT count(*) FROM orleans.silo")).ShouldBe(0L);
        (await _database.AskAsync("SELECT count(*) FROM orleans.membership")).ShouldBe(0L);
    }

    [SkippableFact]
    public async Task Only_silos_that_have_been_dead_for_long_are_cleaned_up()
    {
        var table = _silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        var limit = Start.AddHours(1);
        await AddAsync(table, Entry(1));
        await AddAsync(table, Entry(2), entry => entry.AddSuspector(Address(99), Start.AddMinutes(1)));
        await AddAsync(table, Entry(3), entry => entry.AddSuspector(Address(99), limit.AddMinutes(1)));
        await AddAsync(table, Entry(4), entry => entry.IAmAliveTime = limit.AddMinutes(1));
        await AddAsync(table, Entry(5, SiloStatus.Active));
        await AddAsync(table, Entry(6, SiloStatus.ShuttingDown));
        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(limit));
        (await PortsAsync()).ShouldBe("3,4,5,6");

        // The question that older silos ask knows nothing of votes.
        var text = await _database.AskAsync("SELECT querytext FROM OrleansQuery WHERE querykey = 'CleanupDefunctSiloEntriesKey'");
        await using var question = _database.Source.CreateCommand((string)text!);
        question.Parameters.AddWithValue("DeploymentId", "orchestra");
        question.Parameters.AddWithValue("IAmAliveTime", limit);
        await question.ExecuteNonQueryAsync();
        (await PortsAsync()).ShouldBe("4,5,6");
    }

    private static async Task AddAsync(IMembershipTable table, MembershipEntry entry, Action<MembershipEntry>? change = null)
    {
        (await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next())).ShouldBeTrue();
        change?.Invoke(entry);
        var version = (await table.ReadAllAsync()).Version;
        (await table.UpdateRowAsync(entry, version.VersionEtag, version.Next())).ShouldBeTrue();
    }

    private static SiloAddress Address(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    private static MembershipEntry Entry(int port, SiloStatus status = SiloStatus.Dead) => new()
    {
        SiloAddress = Address(port),
        SiloName = "other",
        HostName = "elsewhere",
        Status = status,
        StartTime = Start,
        IAmAliveTime = Start,
    };

    private Task<object?> PortsAsync() => _database.AskAsync("SELECT string_agg(port::text, ',' ORDER BY port) FROM orleans.silo");
}
