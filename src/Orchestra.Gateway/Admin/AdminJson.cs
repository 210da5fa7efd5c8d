using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Admin;

/// <summary>How the admin API reads and writes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantResponse))]
[JsonSerializable(typeof(TenantListResponse))]
[JsonSerializable(typeof(KeyResponse))]
[JsonSerializable(typeof(BudgetRequest))]
[JsonSerializable(typeof(BudgetResponse))]
internal sealed partial class AdminJson : JsonSerializerContext;

/// <summary>A tenant to create.</summary>
internal sealed record TenantRequest(string Id, string? Name = null);

/// <summary>A tenant.</summary>
internal sealed record TenantResponse(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>All tenants.</summary>
internal sealed record TenantListResponse(IReadOnlyList<TenantResponse> Data);

/// <summary>A new key; this is the only time that it is shown.</summary>
internal sealed record KeyResponse(string Key);

/// <summary>A hard limit to set; null removes it.</summary>
internal sealed record BudgetRequest(Money? LimitUsd, string? Window = null);

/// <summary>What an account holds.</summary>
internal sealed record BudgetResponse(Money? LimitUsd, Money SpentUsd, Money ReservedUsd, string Window);
