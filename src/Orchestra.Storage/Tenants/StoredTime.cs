using System.Data.Common;

namespace Orchestra.Storage.Tenants;

/// <summary>Times as milliseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    public static long? From(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    public static DateTimeOffset? Read(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
