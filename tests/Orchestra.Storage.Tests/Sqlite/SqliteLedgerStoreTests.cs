using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteLedgerStoreTests : LedgerStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteLedgerStore> _opened = [];

    public override Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused()
    {
        using (var connection = OpenDatabase().Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            command.ExecuteNonQuery();
        }

        var error = Should.Throw<OrchestraException>(() => new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldContain("1000");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_its_name()
    {
        using var other = new TemporaryFolder();
        var file = Path.Combine(other.Path, SqliteSchema.Main.FileName);
        File.WriteAllText(file, new string('x', 5_000));
        var error = Should.Throw<OrchestraException>(() => new SqliteDatabase(other.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldContain(file);
    }

    protected override async Task TamperAsync(string statement)
    {
        using var connection = OpenDatabase().Connect();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    protected override Task<ILedgerStore> OpenAsync()
    {
        var store = new SqliteLedgerStore(OpenDatabase(), NullLogger<SqliteLedgerStore>.Instance);
        lock (_opened)
            _opened.Add(store);
        return Task.FromResult<ILedgerStore>(store);
    }

    private SqliteDatabase OpenDatabase() => new(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
}
