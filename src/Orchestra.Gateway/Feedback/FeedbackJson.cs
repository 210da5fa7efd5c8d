using System.Text.Json.Serialization;

namespace Orchestra.Gateway.Feedback;

/// <summary>How the answer to feedback is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FeedbackResponse))]
internal sealed partial class FeedbackJson : JsonSerializerContext;
