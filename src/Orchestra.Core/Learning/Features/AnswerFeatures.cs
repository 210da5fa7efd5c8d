namespace Orchestra.Core.Learning.Features;

/// <summary>What can be seen of an expert's answer without knowing the right one: features from which a policy predicts whether it is right.</summary>
public static class AnswerFeatures
{
    private delegate void Reader(AnswerText text, Span<float> into);

    private static readonly (IReadOnlyList<string> Names, Reader Read)[] Groups =
    [
        (AnswerShape.Names, AnswerShape.Read),
        (AnswerWording.Names, AnswerWording.Read),
        (AnswerEnding.Names, AnswerEnding.Read),
        (AnswerNumbers.Names, AnswerNumbers.Read),
        (AnswerClaims.Names, AnswerClaims.Read),
        (AnswerOptions.Names, AnswerOptions.Read),
    ];

    /// <summary>The features' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Groups.SelectMany(group => group.Names)];

    /// <summary>Number of features.</summary>
    public static int Count => Names.Count;

    /// <summary>Writes the features of an answer to a query, each roughly from -3 to 3, zero where there is nothing to say.</summary>
    /// <param name="query">The text that was asked.</param>
    /// <param name="answer">The text that came back.</param>
    /// <param name="destination">Takes <see cref="Count"/> values; what lies behind them is left alone.</param>
    public static void Read(string query, string answer, Span<float> destination)
    {
        destination = destination[..Count];
        destination.Clear();
        var text = new AnswerText(query, answer);
        foreach (var (names, read) in Groups)
        {
            read(text, destination[..names.Count]);
            destination = destination[names.Count..];
        }
    }
}
