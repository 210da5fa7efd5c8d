using System.Text.Json;
using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of API keys.</summary>
internal sealed class KeyTable() : PrincipalTable<ApiKey>(
    "api_key",
    ["id", "tenant", "team", "tenant_user", "created_at"],
    1,
    ["secret_hash", "previous_secret_hash", "previous_until", "expires_at", "allowed_experts", "metadata"])
{
    protected override string TenantColumn => "tenant";

    protected override string Lives { get; } =
        $"deleted_at IS NULL AND {TenantTable.LivesOf("api_key")} AND {LivesAbove("team")} AND {LivesAbove("tenant_user")}";

    protected override object?[] Identity(ApiKey row) => [row.Id, row.Tenant, OrNull(row.Team), OrNull(row.User), StoredTime.From(row.CreatedAt)];

    protected override object?[] State(ApiKey row) =>
    [
        row.Secret.Hash, row.Secret.PreviousHash, StoredTime.From(row.Secret.PreviousUntil), StoredTime.From(row.ExpiresAt),
        row.AllowedExperts is { } experts ? JsonSerializer.Serialize(experts, KeyColumns.Default.IReadOnlyListString) : null,
        JsonSerializer.Serialize(row.Metadata, KeyColumns.Default.IReadOnlyDictionaryStringString),
    ];

    protected override ApiKey Read(DbDataReader row, int from, int nameAt, int stateFrom)
    {
        var secret = new KeySecret(row.GetFieldValue<byte[]>(stateFrom), row.IsDBNull(stateFrom + 1) ? null : row.GetFieldValue<byte[]>(stateFrom + 1), StoredTime.Read(row, stateFrom + 2));
        return new ApiKey(row.GetString(from), row.GetString(from + 1), OrEmpty(row, from + 2), OrEmpty(row, from + 3), row.GetString(nameAt), StoredTime.Read(row, from + 4)!.Value, secret)
        {
            ExpiresAt = StoredTime.Read(row, stateFrom + 3),
            AllowedExperts = row.IsDBNull(stateFrom + 4) ? null : JsonSerializer.Deserialize(row.GetString(stateFrom + 4), KeyColumns.Default.IReadOnlyListString),
            Metadata = JsonSerializer.Deserialize(row.GetString(stateFrom + 5), KeyColumns.Default.IReadOnlyDictionaryStringString)!,
        };
    }

    private static string LivesAbove(string level) =>
        $"NOT EXISTS (SELECT 1 FROM {level} above WHERE above.tenant = api_key.tenant AND above.id = api_key.{level} AND above.deleted_at IS NOT NULL)";

    private static string? OrNull(string id) => id.Length == 0 ? null : id;

    private static string OrEmpty(DbDataReader row, int column) => row.IsDBNull(column) ? string.Empty : row.GetString(column);
}
