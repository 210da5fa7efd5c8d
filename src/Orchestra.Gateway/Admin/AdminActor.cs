using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Orchestra.Gateway.Admin;

/// <summary>Who calls the admin API, as the audit log names it.</summary>
/// <param name="Fingerprint">The fingerprint of the admin key.</param>
internal sealed record AdminActor(string Fingerprint)
{
    /// <summary>Who makes this request; only for requests that passed the admin key's guard.</summary>
    public static string Of(HttpContext context) => context.Features.GetRequiredFeature<AdminActor>().Fingerprint;
}
