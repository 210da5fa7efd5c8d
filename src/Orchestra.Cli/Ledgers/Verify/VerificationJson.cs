using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestra.Core.Budgets.Verification;

namespace Orchestra.Cli.Ledgers.Verify;

/// <summary>Writes a verification as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(VerificationDocument))]
internal sealed partial class VerificationJson : JsonSerializerContext
{
    public static string Write(LedgerVerification found, TimeSpan took) => JsonSerializer.Serialize(
        new VerificationDocument(
            found.Faults.Count == 0, found.Tenants, found.Rows, found.Snapshots, Math.Round(took.TotalSeconds, 3), Math.Round(found.Rows / Math.Max(took.TotalSeconds, 1e-6)), found.Faults),
        Default.VerificationDocument);
}
