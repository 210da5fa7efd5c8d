using System.Text.Json.Serialization;

namespace Orchestra.Core.Budgets;

/// <summary>How budgets are shown: in the APIs and in the audit log.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BudgetSummary))]
public sealed partial class BudgetJson : JsonSerializerContext;
