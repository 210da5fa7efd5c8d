using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orchestra.Core;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>The operation that a change of money is recorded as.</summary>
internal static class OperationId
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 128;

    /// <summary>
    /// One that the same <c>Idempotency-Key</c> gives again, or else a new one. It begins with who asked, so that it is never the id of a reservation or
    /// warning, and the ledger itself tells who changed a budget. The key is hashed: its own words cannot end up in another operation's place.
    /// </summary>
    public static string Of(HttpContext context, IdGenerator ids)
    {
        var prefix = $"admin/{AdminActor.Of(context)}/";
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
            return ids.Next(prefix + "op-");
        return header.Count == 1 && header[0] is { Length: > 0 and <= LongestKey } key && key.All(letter => letter is > ' ' and < '\x7f')
            ? $"{prefix}key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))}"
            : throw OrchestraException.Invalid(Header, $"{Header} takes one word of 1 to {LongestKey} visible ASCII characters, a new one for each change.");
    }
}
