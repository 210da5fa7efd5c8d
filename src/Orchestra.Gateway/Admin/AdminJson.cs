using System.Text.Json.Serialization;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Gateway.Admin;

/// <summary>How the admin API reads and writes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BudgetRequest))]
[JsonSerializable(typeof(BudgetResponse))]
[JsonSerializable(typeof(BudgetListResponse))]
[JsonSerializable(typeof(TimeZoneResponse))]
[JsonSerializable(typeof(LedgerListResponse))]
[JsonSerializable(typeof(SpendDocument))]
[JsonSerializable(typeof(PolicyListResponse))]
[JsonSerializable(typeof(RolloutResponse))]
internal sealed partial class AdminJson : JsonSerializerContext;
