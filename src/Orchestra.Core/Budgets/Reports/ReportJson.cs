using System.Text.Json.Serialization;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>How reports are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LedgerRow))]
[JsonSerializable(typeof(SpendDocument))]
public sealed partial class ReportJson : JsonSerializerContext;
