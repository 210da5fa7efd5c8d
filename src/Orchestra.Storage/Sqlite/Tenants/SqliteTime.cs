using Microsoft.Data.Sqlite;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>Times as milliseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    public static long? From(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    public static DateTimeOffset? Read(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
