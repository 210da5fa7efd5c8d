using System.Data.Common;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The tables of all levels.</summary>
internal static class PrincipalTables
{
    public static TenantTable Tenants { get; } = new();

    public static TeamTable Teams { get; } = new();

    public static UserTable Users { get; } = new();

    public static KeyTable Keys { get; } = new();

    private static string Owned { get; } = $"""
        SELECT {Keys.Columns("api_key")}, {Tenants.Columns("tenant")}, {Teams.Columns("team")}, {Users.Columns("tenant_user")} FROM api_key
        JOIN tenant ON tenant.id = api_key.tenant
        LEFT JOIN team ON team.tenant = api_key.tenant AND team.id = api_key.team
        LEFT JOIN tenant_user ON tenant_user.tenant = api_key.tenant AND tenant_user.id = api_key.tenant_user
        WHERE api_key.id = $1
        """;

    public static Statement Insert(Principal principal) => principal switch
    {
        Tenant tenant => Tenants.Insert(tenant),
        Team team => Teams.Insert(team),
        User user => Users.Insert(user),
        ApiKey key => Keys.Insert(key),
        _ => throw Unknown(principal),
    };

    public static Statement Update(Principal changed) => changed switch
    {
        Tenant tenant => Tenants.Update(tenant),
        Team team => Teams.Update(team),
        User user => Users.Update(user),
        ApiKey key => Keys.Update(key),
        _ => throw Unknown(changed),
    };

    /// <summary>A key and everybody above it, read at one moment.</summary>
    public static Statement FindOwned(string keyId) => new(Owned, [keyId]);

    public static OwnedKey ReadOwned(DbDataReader row)
    {
        var key = Keys.Read(row);
        var tenantAt = Keys.Width;
        var teamAt = tenantAt + Tenants.Width;
        return new OwnedKey(
            key, Tenants.Read(row, tenantAt),
            key.Team.Length == 0 ? null : Teams.Read(row, teamAt),
            key.User.Length == 0 ? null : Users.Read(row, teamAt + Teams.Width));
    }

    private static NotSupportedException Unknown(Principal principal) => new($"There is no table for a {principal.Level}.");
}
