using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The report for programs.</summary>
[JsonSerializable(typeof(GatewayReportDocument))]
internal sealed partial class GatewayReportJson : JsonSerializerContext
{
    private static readonly GatewayReportJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Serialize(GatewayReport report) => JsonSerializer.Serialize(
        new GatewayReportDocument(
            report.Machine, report.Options.Seconds, report.Options.Connections, report.Figures(), report.Process, report.Ledger, report.IsSound, report.Failures, report.Rounds),
        Readable.GatewayReportDocument);
}
