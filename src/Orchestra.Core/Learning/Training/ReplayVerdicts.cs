using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Quality;

namespace Orchestra.Core.Learning.Training;

/// <summary>What the verifiers think of recorded answers, asked at the first need of each.</summary>
/// <param name="table">The table.</param>
internal sealed class ReplayVerdicts(ReplayTable table)
{
    private const sbyte Unasked = sbyte.MinValue;
    private readonly sbyte[] _verdicts = [.. Enumerable.Repeat(Unasked, table.Rows.Count * table.Experts.Count)];

    /// <summary>1 where the verifiers accept an answer with more than indifference, −1 where they reject it, otherwise 0.</summary>
    public int Of(int row, int expert)
    {
        ref var verdict = ref _verdicts[(row * table.Experts.Count) + expert];
        if (verdict == Unasked)
            verdict = (sbyte)Ask(table.Rows[row].Prompt, table.Rows[row].Outcomes[expert]?.Response ?? string.Empty);
        return verdict;
    }

    /// <summary>What the verifiers think of an answer to a query.</summary>
    public static int Ask(string query, string answer)
    {
        var request = ChatRequestReader.Read(Encoding.UTF8.GetBytes($$"""{"model":"orchestra","messages":[{"role":"user","content":{{Text(query)}}}]}"""));
        var completion = ChatCompletion.Parse(Encoding.UTF8.GetBytes($$"""{"choices":[{"index":0,"message":{"role":"assistant","content":{{Text(answer)}}},"finish_reason":"stop"}]}"""));
        var observation = new Observation { Id = 0, Turn = 1, Move = new Move.Finish(0), Expert = string.Empty, Completion = completion };
        // The verifiers that come with Orchestra are local and answer at once.
        var asked = Verifiers.Default.VerifyAsync(new Situation { Request = request, Catalogue = [] }, observation, CancellationToken.None);
        return asked.IsCompletedSuccessfully ? Sign(asked.GetAwaiter().GetResult()) : 0;
    }

    /// <summary>A verdict as a number.</summary>
    public static int Sign(Verdict? verdict) => verdict switch
    {
        null => 0,
        { Accepted: false } => -1,
        { Confidence: > 0.5 } => 1,
        _ => 0,
    };

    private static string Text(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
}
