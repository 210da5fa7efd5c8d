using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>The fields that tenants, teams, users and keys share.</summary>
internal static class PrincipalFields
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names = ["name", "disabled", "limits"];

    /// <summary>The principal with the fields that were given; the others stay.</summary>
    public static T Apply<T>(T principal, BodyFields fields)
        where T : Principal => principal with
        {
            Name = fields.Text("name", principal.Name),
            Disabled = fields.Flag("disabled", principal.Disabled),
            Limits = Apply(principal.Limits, fields),
        };

    private static RateLimits Apply(RateLimits now, BodyFields fields)
    {
        if (fields.Within("limits", out var isNull, "requests_per_minute", "tokens_per_minute", "concurrent_requests") is not { } given)
            return isNull ? RateLimits.None : now;
        return new RateLimits(
            given.Number("requests_per_minute", now.RequestsPerMinute),
            given.Number("tokens_per_minute", now.TokensPerMinute),
            given.Number("concurrent_requests", now.ConcurrentRequests));
    }
}
