using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>Versions as ETags.</summary>
internal static class EntityTag
{
    /// <summary>Tells the version in the response.</summary>
    public static void Write(HttpContext context, Principal principal) => Write(context, principal.Version);

    /// <summary>Tells the version in the response.</summary>
    public static void Write(HttpContext context, long version) => context.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version that the request wants to change; null where any is good.</summary>
    public static long? IfMatch(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || (header.Count == 1 && header[0] == "*"))
            return null;
        return header.Count == 1 && header[0] is ['"', .. var version, '"'] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw OrchestraException.Invalid("If-Match", "If-Match takes one version as the header ETag gave it, such as \"3\" with its quotes, or *.");
    }
}
