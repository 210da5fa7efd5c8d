using System.Text.Json.Serialization;

namespace Orchestra.Cli.Export;

/// <summary>How the summary is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExportSummary))]
internal sealed partial class ExportJson : JsonSerializerContext;
