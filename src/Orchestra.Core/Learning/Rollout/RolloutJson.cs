using System.Text.Json.Serialization;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>The JSON form of rollouts and stored policies: snake_case names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PolicyRollout))]
[JsonSerializable(typeof(StoredPolicy))]
public sealed partial class RolloutJson : JsonSerializerContext;
