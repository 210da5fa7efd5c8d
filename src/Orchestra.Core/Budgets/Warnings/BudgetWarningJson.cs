using System.Text.Json.Serialization;

namespace Orchestra.Core.Budgets.Warnings;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BudgetWarning))]
internal sealed partial class BudgetWarningJson : JsonSerializerContext;
