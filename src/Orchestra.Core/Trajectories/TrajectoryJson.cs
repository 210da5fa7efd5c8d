using System.Text.Json.Serialization;

namespace Orchestra.Core.Trajectories;

/// <summary>The JSON form of trajectories, stored and served alike: snake_case names, durations in milliseconds, dollars as exact decimal strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Trajectory))]
[JsonSerializable(typeof(Feedback))]
[JsonSerializable(typeof(ShadowAnswer))]
public sealed partial class TrajectoryJson : JsonSerializerContext;
