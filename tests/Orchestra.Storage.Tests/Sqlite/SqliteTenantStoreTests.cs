using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteTenantStoreTests : TenantStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Tenants_and_keys_of_an_older_database_stay_good()
    {
        using (var old = OlderDatabase())
        {
            using var command = old.CreateCommand();
            command.CommandText = """
                INSERT INTO tenant VALUES ('acme', 'Acme', 1700000000000);
                INSERT INTO api_key VALUES ('k1', 'acme', zeroblob(32), 1700000000001);
                INSERT INTO setting VALUES ('first-start-key', x'6b31');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var store = Open().Tenants;

        var owned = (await store.FindKeyAsync("k1", default))!;
        PrincipalJson.Text(owned.Key).ShouldBe(PrincipalJson.Text(new ApiKey("k1", "acme", "", "", "", DateTimeOffset.FromUnixTimeMilliseconds(1700000000001), new KeySecret(new byte[32]))));
        owned.Key.Secret.Hash.ShouldBe(new byte[32]);
        owned.Tenant.ShouldBe(new Tenant("acme", "Acme", DateTimeOffset.FromUnixTimeMilliseconds(1700000000000)));
        (await store.ReadSettingAsync("first-start-key", default)).ShouldBe("k1"u8.ToArray());
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_audit_log_cannot_be_rewritten(string statement)
    {
        var entry = new AuditEntry("audit_1", DateTimeOffset.UnixEpoch, "0123abcd", "tenant.create", "acme", "tenants/acme", null, "{}");
        await Open().Audit.AppendAsync(entry, default);
        using var connection = Database().Connect();
        using var command = connection.CreateCommand();
        command.CommandText = statement;

        (await Should.ThrowAsync<SqliteException>(() => command.ExecuteNonQueryAsync())).Message.ShouldContain("append-only");
    }

    protected override OpenTenantStore Open()
    {
        var (tenants, audit) = (new SqliteTenantStore(Database()), new SqliteAuditLog(Database()));
        _open.Add(tenants);
        _open.Add(audit);
        return new OpenTenantStore(tenants, audit);
    }

    private SqliteDatabase Database() => new(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);

    /// <summary>A database as the first two migrations left it.</summary>
    private SqliteConnection OlderDatabase()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, SqliteSchema.Main.FileName)};Pooling=False");
        connection.Open();
        foreach (var script in new[] { "0001_ledger.sql", "0002_tenants.sql" })
        {
            using var stream = typeof(SqliteDatabase).Assembly.GetManifestResourceStream($"Orchestra.Storage.Sqlite.Migrations.Main.{script}")!;
            using var reader = new StreamReader(stream);
            using var command = connection.CreateCommand();
            command.CommandText = reader.ReadToEnd() + "PRAGMA user_version = 2;";
            command.ExecuteNonQuery();
        }

        return connection;
    }
}
