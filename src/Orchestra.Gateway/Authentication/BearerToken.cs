using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Authentication;

/// <summary>Reads the bearer token of a request.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 512;

    /// <summary>The token; null where there is none, or one longer than any key.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { Length: <= MaxLength } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
    }

    /// <summary>The answer to a request without a good key; never says what was wrong with it.</summary>
    public static OrchestraException Refused(string what, string how) =>
        new(ErrorCode.InvalidApiKey, 401, $"There is no {what} in this request, or it is wrong. Send it as 'Authorization: Bearer …'; {how}.");
}
