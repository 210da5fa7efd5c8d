using System.Text;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts;

/// <summary>The usage of a call whose reply had no counts.</summary>
internal static class UsageEstimate
{
    /// <summary>An estimate from the messages that were sent and the bytes that came back.</summary>
    public static TokenUsage Of(ExpertCall call, long outputBytes)
    {
        long added = 0;
        foreach (var message in call.Edits.AppendMessages)
            added += Encoding.UTF8.GetByteCount(message);
        foreach (var message in call.Edits.ReplaceMessages ?? [])
            added += Encoding.UTF8.GetByteCount(message);
        var input = TokenEstimator.Likely(added) + (call.Edits.ReplaceMessages is null ? call.Request.LikelyPromptTokens : 0);
        return new TokenUsage(input, TokenEstimator.Likely(outputBytes), Estimated: true);
    }
}
