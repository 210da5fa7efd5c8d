using System.Text.Json.Serialization;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>How far a candidate policy has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutStage>))]
public enum RolloutStage
{
    /// <summary>It decides and is logged, and does nothing.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,

    /// <summary>It serves a share of the conversations.</summary>
    [JsonStringEnumMemberName("canary")]
    Canary,
}
