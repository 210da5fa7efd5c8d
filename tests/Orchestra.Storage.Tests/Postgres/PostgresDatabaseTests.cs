using Npgsql;
using Orchestra.Core.Errors;
using Orchestra.Storage.Migrations;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [SkippableFact]
    public async Task Many_hosts_that_start_at_once_run_each_migration_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.OpenAsync()));
        var scripts = MigrationScripts.Read("Postgres.Migrations").Count;
        scripts.ShouldBeGreaterThan(0);
        (await AskAsync("SELECT count(*) FROM orchestra.migration")).ShouldBe((long)scripts);
        await _host.OpenAsync();
        (await AskAsync("SELECT max(version) FROM orchestra.migration")).ShouldBe(scripts);
    }

    [SkippableFact]
    public async Task All_of_it_lies_in_a_schema_of_its_own()
    {
        await _host.OpenAsync();
        (await AskAsync("SELECT string_agg(DISTINCT schemaname, ',') FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).ShouldBe("orchestra");
    }

    [SkippableFact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await _host.OpenAsync();
        await _host.Database.RunAsync("INSERT INTO orchestra.migration (version) VALUES (1000)");
        (await RefusedAsync(_host.Database.ConnectionString)).ShouldContain("1000");
    }

    [SkippableFact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        var message = await RefusedAsync(Settings(settings => settings.Password = "quite-another"));
        message.ShouldContain("user and password");
        message.ShouldNotContain("quite-another");
    }

    [SkippableFact]
    public async Task A_database_that_does_not_exist_is_named() =>
        (await RefusedAsync(Settings(settings => settings.Database = "nothing_of_that_name"))).ShouldSatisfyAllConditions(
            message => message.ShouldContain("nothing_of_that_name"),
            message => message.ShouldContain("CREATE DATABASE"));

    [SkippableFact]
    public async Task A_server_that_does_not_answer_is_named() =>
        (await RefusedAsync(Settings(settings => settings.Host = "/nowhere-at-all"))).ShouldContain("/nowhere-at-all");

    [SkippableFact]
    public async Task A_user_without_rights_learns_which_one_is_missing()
    {
        var user = "without_rights_" + _host.Database.Name;
        await _host.Database.RunAsync($"CREATE ROLE {user} LOGIN PASSWORD 'long-enough'");
        try
        {
            var settings = Settings(settings =>
            {
                settings.Username = user;
                settings.Password = "long-enough";
            });
            (await RefusedAsync(settings)).ShouldContain("GRANT CREATE ON DATABASE");
            // Where another user has made the tables, the right to use them is enough.
            await _host.OpenAsync();
            await _host.Database.RunAsync($"GRANT USAGE ON SCHEMA orchestra TO {user}; GRANT SELECT ON ALL TABLES IN SCHEMA orchestra TO {user}");
            await using var opened = await PostgresHost.OpenAsync(settings);
        }
        finally
        {
            await _host.Database.RunAsync($"DROP OWNED BY {user}; DROP ROLE {user}");
        }
    }

    [SkippableFact]
    public async Task A_standby_is_refused()
    {
        await _host.Database.RunAsync($"ALTER DATABASE {_host.Database.Name} SET default_transaction_read_only = on");
        (await RefusedAsync(_host.Database.ConnectionString)).ShouldContain("primary");
    }

    [SkippableFact]
    public async Task Another_encoding_is_refused()
    {
        var name = _host.Database.Name + "_latin";
        await _host.Database.RunAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        try
        {
            (await RefusedAsync(Settings(settings => settings.Database = name))).ShouldContain("UTF8");
        }
        finally
        {
            await _host.Database.RunAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task<string> RefusedAsync(string connectionString)
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => PostgresHost.OpenAsync(connectionString));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        return error.Message;
    }

    private string Settings(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(_host.Database.ConnectionString);
        change(settings);
        return settings.ToString();
    }

    private async Task<object?> AskAsync(string query)
    {
        await using var connection = await _host.Database.ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = query;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
