using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Errors;
using Orchestra.Silo.Schema;

namespace Orchestra.Cluster.Tests.Schema;

public sealed class SiloSchemaTests : IAsyncLifetime
{
    private SchemaDatabase _database = null!;

    public async Task InitializeAsync() => _database = await SchemaDatabase.CreateEmptyAsync();

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task Silos_that_start_at_once_and_again_run_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsOneMoreSiloAsync()));
        (await VersionsAsync()).ShouldBe(string.Join(',', Enumerable.Range(1, Scripts().Count)));
        await _database.ApplyAsync();
        (await VersionsAsync()).ShouldBe(string.Join(',', Enumerable.Range(1, Scripts().Count)));
    }

    [SkippableFact]
    public async Task All_of_it_lies_in_a_schema_of_its_own()
    {
        await _database.ApplyAsync();
        (await _database.AskAsync("SELECT string_agg(DISTINCT nspname, ',') FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')"))
            .ShouldBe("orleans");
        (await _database.AskAsync("SELECT count(*) FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE nspname = 'public'")).ShouldBe(0L);
    }

    [SkippableFact]
    public async Task A_schema_of_an_older_program_is_brought_forward_with_its_rows()
    {
        await _database.RunAsync(
            $"""
            CREATE SCHEMA orleans;
            CREATE TABLE orleans.migration (version int NOT NULL PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            {Scripts()[0]}
            INSERT INTO orleans.migration (version) VALUES (1);
            INSERT INTO orleans.membership VALUES ('orchestra', 17, now());
            """);
        await _database.ApplyAsync();
        (await _database.AskAsync("SELECT max(version) FROM orleans.migration")).ShouldBe(Scripts().Count);
        (await _database.AskAsync("SELECT version FROM orleans.membership WHERE cluster_id = 'orchestra'")).ShouldBe(17);
        (await _database.AskAsync("SELECT count(*) FROM OrleansQuery WHERE querykey IN ('MembershipReadAllKey', 'WriteToStorageKey', 'UpsertReminderRowKey')")).ShouldBe(3L);
    }

    [SkippableFact]
    public async Task A_schema_of_a_newer_program_is_refused()
    {
        await _database.ApplyAsync();
        await _database.RunAsync("INSERT INTO orleans.migration (version) VALUES (1000)");
        var error = await Should.ThrowAsync<OrchestraException>(_database.ApplyAsync);
        error.Code.ShouldBe(Core.Errors.ErrorCode.InvalidConfiguration);
        error.Message.ShouldSatisfyAllConditions(message => message.ShouldContain("1000"), message => message.ShouldContain("schema orleans"));
    }

    [Theory]
    [InlineData("14.9", false)]
    [InlineData("15.0", true)]
    [InlineData("17.2", true)]
    public void A_server_that_would_let_a_grain_have_two_first_states_is_refused(string version, bool good)
    {
        void Check() => SiloSchema.CheckVersion(Version.Parse(version), "PostgreSQL database money on db:5432");
        if (good)
            Should.NotThrow(Check);
        else
            Should.Throw<OrchestraException>(Check).Message.ShouldSatisfyAllConditions(message => message.ShouldContain(version), message => message.ShouldContain("PostgreSQL 15"));
    }

    [SkippableFact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        await using var source = SchemaDatabase.Connect("Host=/nowhere-at-all;Username=orchestra;Database=orchestra");
        var error = await Should.ThrowAsync<OrchestraException>(() => SiloSchema.ApplyAsync(source, NullLogger.Instance, default));
        error.Message.ShouldContain("/nowhere-at-all");
    }

    private static IReadOnlyList<string> Scripts() => SiloSchema.Scripts;

    private async Task ApplyAsOneMoreSiloAsync()
    {
        await using var source = SchemaDatabase.Connect(_database.ConnectionString);
        await SiloSchema.ApplyAsync(source, NullLogger.Instance, default);
    }

    private Task<object?> VersionsAsync() => _database.AskAsync("SELECT string_agg(version::text, ',' ORDER BY version) FROM orleans.migration");
}
