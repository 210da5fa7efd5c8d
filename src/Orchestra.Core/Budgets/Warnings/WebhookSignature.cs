using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestra.Core.Budgets.Warnings;

/// <summary>
/// Signs a webhook's body, so that its receiver knows who sent it and when: <c>t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 (RFC 2104) of
/// <c>SECONDS.BODY</c> under the shared secret.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "x-orchestra-signature";

    /// <summary>The header's value.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="at">When the body is sent; receivers refuse old ones, so that nobody can send it again.</param>
    /// <param name="body">The body, as sent.</param>
    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new byte[seconds.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(seconds, signed);
        signed[seconds.Length] = (byte)'.';
        body.CopyTo(signed.AsSpan(seconds.Length + 1));
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
