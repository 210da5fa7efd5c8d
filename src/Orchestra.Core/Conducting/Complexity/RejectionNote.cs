using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Tells the next expert that earlier attempts were rejected, and why, without showing it the rejected text.</summary>
internal static class RejectionNote
{
    private const int MaxReasons = 3;
    private const int MaxCharacters = 300;

    /// <summary>The message to add; null where nothing was rejected.</summary>
    public static string? For(IEnumerable<Observation> answers)
    {
        var rejected = answers.Where(answer => answer.Verdict is { Accepted: false });
        var reasons = rejected.Select(answer => Clean(answer.Verdict!.Reason)).Distinct().TakeLast(MaxReasons).ToList();
        if (reasons.Count == 0)
            return null;
        var text = new StringBuilder("A previous attempt to answer this was rejected by an automatic check:");
        foreach (var reason in reasons)
            text.Append("\n- ").Append(reason);
        text.Append("\nAnswer afresh, completely and carefully, avoid that fault, and do not mention this note.");
        return JsonSerializer.Serialize(new { role = "system", content = text.ToString() });
    }

    private static string Clean(string reason) => Excerpt.Head(reason.ReplaceLineEndings(" "), MaxCharacters).ToString();
}
