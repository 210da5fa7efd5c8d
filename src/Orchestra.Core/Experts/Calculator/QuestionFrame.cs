namespace Orchestra.Core.Experts.Calculator;

/// <summary>The words of a question around its expression.</summary>
internal static class QuestionFrame
{
    private static readonly string[] Ends = ["?", ".", " please", ",", " thanks", " thank you"];
    private static readonly string[] OrderingEnds = ["=", " equals", " equal to", " equal"];
    private static readonly string[] Starts =
    [
        "please ", "hey ", "hey, ", "hi ", "hi, ", "hello ", "hello, ", "ok ", "ok, ", "so ", "so, ", "can you ", "could you ", "would you ", "tell me ",
    ];

    private static readonly string[] AskingStarts =
    [
        "what is ", "what's ", "whats ", "what does ", "what are ", "the result of ", "the value of ", "the answer to ",
    ];

    private static readonly string[] OrderingStarts = ["calculate ", "compute ", "evaluate ", "work out ", "solve ", "find ", "how much is ", "how much are "];

    /// <summary>The text in lower case without the words around its expression.</summary>
    public static string Strip(string text, out QuestionWording wording)
    {
        wording = QuestionWording.Bare;
        var body = text.ToLowerInvariant().Replace('’', '\'').Replace('\t', ' ').Trim();
        while (TakeEnd(Ends, ref body) || TakeAs(QuestionWording.Ordered, TakeEnd(OrderingEnds, ref body), ref wording))
        {
            // Each takes a bit off the end.
        }

        while (TakeStart(Starts, ref body)
            || TakeAs(QuestionWording.Asked, TakeStart(AskingStarts, ref body), ref wording)
            || TakeAs(QuestionWording.Ordered, TakeStart(OrderingStarts, ref body), ref wording))
        {
            // Each takes a bit off the start.
        }

        return body;
    }

    private static bool TakeAs(QuestionWording meaning, bool taken, ref QuestionWording wording)
    {
        if (taken && meaning > wording)
            wording = meaning;
        return taken;
    }

    private static bool TakeEnd(string[] ends, ref string body)
    {
        foreach (var end in ends)
        {
            if (body.EndsWith(end, StringComparison.Ordinal))
            {
                body = body[..^end.Length].TrimEnd();
                return true;
            }
        }

        return false;
    }

    private static bool TakeStart(string[] starts, ref string body)
    {
        foreach (var start in starts)
        {
            var word = start.AsSpan(0, start.Length - 1);
            if (body.Length > start.Length && body.AsSpan().StartsWith(word, StringComparison.Ordinal) && body[word.Length] is ' ' or ':' or '\n')
            {
                body = body[(word.Length + 1)..].TrimStart();
                return true;
            }
        }

        return false;
    }
}
