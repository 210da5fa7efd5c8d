using System.Text.Json.Serialization;

namespace Orchestra.Gateway.Budgets;

/// <summary>How <c>GET /v1/budget</c> answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OwnBudgetResponse))]
internal sealed partial class OwnBudgetJson : JsonSerializerContext;
