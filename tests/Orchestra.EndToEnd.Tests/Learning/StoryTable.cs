using System.Globalization;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>
/// A made-up outcome table of the two models of samples/gsm8k at their prices: word problems with recorded answers. The cheap model is right about three in five, which the
/// problems do not show but its answers do: where it is wrong it mostly hedges and says no number. The dear one is always right.
/// </summary>
internal static class StoryTable
{
    public const string Cheap = "mixtral-8x7b";
    public const string Dear = "gpt-4-1106";

    private const string Hedge = "I'm not sure. Perhaps it depends, and I might be wrong, but I cannot tell how many there are. Maybe someone else can?";

    private static readonly string[] Things = ["apples", "stamps", "books", "coins", "shells", "cards", "eggs", "nails"];
    private static readonly string[] Names = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gwen", "Hugo"];

    /// <summary>Rows that are the same for the same seed.</summary>
    public static IReadOnlyList<OutcomeRow> Rows(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Row($"{seed}-{i}", random))];
    }

    /// <summary>Writes rows as a table.</summary>
    public static async Task WriteAsync(string path, IEnumerable<OutcomeRow> rows)
    {
        await using var writer = OutcomeWriter.Create(path);
        foreach (var row in rows)
            await writer.WriteAsync(row, default);
    }

    private static OutcomeRow Row(string id, Random random)
    {
        var (name, thing) = (Names[random.Next(Names.Length)], Things[random.Next(Things.Length)]);
        var (first, second, third) = (random.Next(12, 90), random.Next(3, 12), random.Next(2, 9));
        var answer = ((first + second) * third) - second;
        var prompt = $"{name} of case {id} has {first} {thing} and finds {second} more. A neighbour has {third} times as many as {name} then has, but loses {second} of them. How many {thing} does the neighbour have?";
        var isRight = random.NextDouble() < 0.6;
        var said = isRight ? answer : answer + random.Next(1, 9);
        var hedges = random.NextDouble() < (isRight ? 0.03 : 0.9);
        var steps = $"There are {first} and {second} to begin with, then {third} times as many, and {second} are lost.";
        return new OutcomeRow(id, "stories", prompt, new Dictionary<string, Outcome>
        {
            [Cheap] = Called(isRight && !hedges, hedges ? Hedge : $"Let us count. {steps} The answer is {said}.", prompt, 0.24m, 0.24m),
            [Dear] = Called(true, $"Step by step. {steps} The answer is {answer}.", prompt, 10, 30),
        }) { Answer = answer.ToString(CultureInfo.InvariantCulture) };
    }

    private static Outcome Called(bool isRight, string response, string prompt, decimal perInput, decimal perOutput)
    {
        var (input, output) = (prompt.Length / 4, response.Length / 4);
        return new Outcome(isRight ? 1 : 0) { InputTokens = input, OutputTokens = output, CostUsd = ((input * perInput) + (output * perOutput)) / 1_000_000, Response = response };
    }
}
