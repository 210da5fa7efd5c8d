using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestra.Core.Tenants;

/// <summary>How tenants, teams, users and keys are shown: in the admin API and in the audit log, never with a secret or a hash.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Tenant))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(ApiKey))]
public sealed partial class PrincipalJson : JsonSerializerContext
{
    /// <summary>The JSON of a tenant, team, user or key.</summary>
    public static string Text(Principal principal) => JsonSerializer.Serialize(principal, principal.GetType(), Default);
}
