using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>What a policy sees of an answer.</summary>
/// <param name="Features">From <see cref="AnswerFeatures"/>; empty where there is no text.</param>
/// <param name="Key">What it says in the end.</param>
internal sealed record SeenAnswer(float[] Features, AnswerKey Key)
{
    /// <summary>Reads an answer.</summary>
    public static SeenAnswer Of(string query, string? answer)
    {
        if (answer is null)
            return new SeenAnswer([], default);
        var features = new float[AnswerFeatures.Count];
        AnswerFeatures.Read(query, answer, features);
        return new SeenAnswer(features, AnswerKey.Of(query, answer));
    }
}
