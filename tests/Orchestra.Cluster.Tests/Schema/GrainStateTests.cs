using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orchestra.Cluster.Tests.Schema;

public sealed class GrainStateTests : IAsyncLifetime
{
    private const string Name = "note";

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
    public async Task Of_many_first_writers_one_wins_and_all_others_learn_it()
    {
        const int writers = 32, keys = 300;
        var storage = Storage();
        var winners = new ConcurrentDictionary<int, string>();
        var losers = 0;
        for (var key = 0; key < keys; key++)
        {
            var id = Id(key);
            await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
            {
                try
                {
                    await storage.WriteStateAsync(Name, id, State($"{writer}"));
                    winners.TryAdd(key, $"{writer}").ShouldBeTrue();
                }
                catch (InconsistentStateException)
                {
                    Interlocked.Increment(ref losers);
                }
            }));
        }

        losers.ShouldBe(keys * (writers - 1));
        (await _database.AskAsync("SELECT count(*) FROM orleans.grain_state")).ShouldBe((long)keys);
        for (var key = 0; key < keys; key += 100)
            (await ReadAsync(storage, Id(key))).State!.Line.ShouldBe(winners[key]);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_state_is_written_cleared_and_written_again_by_who_has_seen_it(bool deleteOnClear)
    {
        await using var silo = await TestSilo.StartAsync(_database.ConnectionString, "second", deleteOnClear);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(TestSilo.Storage);
        foreach (var id in new[] { Id(0), Id(1), GrainId.Create(Name, "tenant/3") })
        {
            var state = await ReadAsync(storage, id);
            (state.RecordExists, state.ETag).ShouldBe((false, null));
            await storage.ClearStateAsync(Name, id, state);
            state.State = new Note { Line = "one" };
            await storage.WriteStateAsync(Name, id, state);
            var stale = await ReadAsync(storage, id);
            (stale.RecordExists, stale.ETag).ShouldBe((true, state.ETag));
            state.State = new Note { Line = "two" };
            await storage.WriteStateAsync(Name, id, state);
            state.ETag.ShouldNotBe(stale.ETag);

            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, id, stale));
            await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync(Name, id, stale));
            (await ReadAsync(storage, id)).State!.Line.ShouldBe("two");

            var before = new GrainState<Note>(new Note { Line = "late" }, state.ETag) { RecordExists = true };
            await storage.ClearStateAsync(Name, id, state);
            (await ReadAsync(storage, id)).ShouldSatisfyAllConditions(
                read => read.RecordExists.ShouldBeFalse(),
                read => read.ETag.ShouldBe(state.ETag),
                read => (read.ETag is null).ShouldBe(deleteOnClear));
            state.State = new Note { Line = "three" };
            await storage.WriteStateAsync(Name, id, state);
            // Neither the version before the clearing nor a later one of the deleted row fits the new row.
            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, id, stale));
            await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(Name, id, before));
            (await ReadAsync(storage, id)).State!.Line.ShouldBe("three");
        }
    }

    [SkippableFact]
    public async Task Grains_of_every_kind_of_key_have_a_state_of_their_own()
    {
        var storage = Storage();
        var number = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        GrainId[] ids =
        [
            GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateGuidKey(number)),
            GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateGuidKey(number, "a")),
            GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateGuidKey(number, "A")),
            GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateIntegerKey(7)),
            GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateIntegerKey(7, "a")),
            GrainId.Create(Name, "tenant/conversation"),
            GrainId.Create(Name, new string('ä', 512)),
        ];
        foreach (var id in ids)
            await storage.WriteStateAsync(Name, id, State(id.ToString()));
        foreach (var id in ids)
            (await ReadAsync(storage, id)).State!.Line.ShouldBe(id.ToString());
        await storage.WriteStateAsync("another", ids[0], State("another"));
        (await ReadAsync(storage, ids[0])).State!.Line.ShouldBe(ids[0].ToString());
        (await _database.AskAsync("SELECT count(*) FROM orleans.grain_state")).ShouldBe((long)ids.Length + 1);
    }

    private static GrainState<Note> State(string line) => new(new Note { Line = line });

    /// <summary>By turns a key of numbers alone and a key of text.</summary>
    private static GrainId Id(int key) => key % 2 == 0 ? GrainId.Create(GrainType.Create(Name), GrainIdKeyExtensions.CreateIntegerKey(key)) : GrainId.Create(Name, $"tenant/{key}!");

    private static async Task<GrainState<Note>> ReadAsync(IGrainStorage storage, GrainId id)
    {
        var state = State(string.Empty);
        await storage.ReadStateAsync(Name, id, state);
        return state;
    }

    private IGrainStorage Storage() => _silo.Services.GetRequiredKeyedService<IGrainStorage>(TestSilo.Storage);
}
