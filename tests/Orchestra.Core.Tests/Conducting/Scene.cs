using System.Text.Json;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Conducting;

/// <summary>Makes requests, experts and observations for tests of conductors and verifiers.</summary>
internal static class Scene
{
    public const string Easy = "What is the capital of France?";
    public const string Hard = "Prove that there are infinitely many primes of the form 4k+3.";
    public const string HardMath = "Evaluate the integral $\\int_0^1 \\frac{x^2}{1+x^3} \\, dx$ exactly, then compute the eigenvalue of the matrix [[2, 1], [1, 3]] step by step.";

    public static ExpertDescriptor Chat(string name, decimal dollars, string skills = "", int window = 32_768, int maxOutput = 1_024) => new()
    {
        Name = name,
        Kind = "openai",
        Price = new ExpertPrice(Money.FromDollars(dollars), Money.FromDollars(dollars), Money.Zero),
        Skills = skills.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase),
        ContextWindow = window,
        MaxOutputTokens = maxOutput,
    };

    public static ExpertDescriptor Calculator(string name = "calculator") => new()
    {
        Name = name,
        Kind = "calculator",
        Tool = new ToolDefinition("calculate", "Exact arithmetic.", """{"type":"object","properties":{"expression":{"type":"string"}}}""", "expression"),
    };

    public static ExpertDescriptor Search(string name = "docs") => new()
    {
        Name = name,
        Kind = "search",
        Tool = new ToolDefinition("search", "Finds passages.", """{"type":"object","properties":{"query":{"type":"string"}}}""", "query"),
    };

    public static string? ReadExpression(string query) => ArithmeticQuestion.TryRead(query, out var expression) ? expression : null;

    public static ChatRequest Request(string query, string more = "", string before = "") => ChatRequestReader.Read(System.Text.Encoding.UTF8.GetBytes(
        $$"""{"model":"orchestra","messages":[{{before}}{"role":"user","content":{{JsonSerializer.Serialize(query)}}}]{{more}}}"""));

    public static Situation Of(string query, params ExpertDescriptor[] catalogue) => new() { Request = Request(query), Catalogue = catalogue };

    public static ChatCompletion Completion(string text, string finishReason = "stop", params ToolCall[] calls) =>
        ChatCompletionWriter.FromText("chatcmpl-1", "m", DateTimeOffset.UnixEpoch, text, new TokenUsage(10, 10), finishReason, calls);

    /// <summary>The situation one pass later, after this move brought that answer or failed with that error.</summary>
    public static Situation Then(this Situation situation, Move move, ChatCompletion? completion, string? error = null)
    {
        var target = move switch
        {
            Move.Delegate ask => ask.Expert,
            Move.CallTool call => call.Tool,
            _ => throw new ArgumentException("Only delegations and tool calls bring observations.", nameof(move)),
        };
        var observation = new Observation
        {
            Id = situation.Observations.Count,
            Turn = situation.Turn,
            Move = move,
            Expert = target,
            Completion = completion,
            ErrorCode = error,
            ErrorMessage = error is null ? null : $"{target} says no",
        };
        return (situation with { Observations = [.. situation.Observations, observation] }).NextTurn();
    }

    public static Situation Then(this Situation situation, Move move, string text) => situation.Then(move, Completion(text));

    public static Situation Failed(this Situation situation, Move move, string error) => situation.Then(move, null, error);

    public static Situation Judged(this Situation situation, int id, bool accepted, double confidence = 0.9, string reason = "It is wrong.") => (situation with
    {
        Observations = [.. situation.Observations.Select(o => o.Id == id ? o with { Verdict = new Verdict(accepted, confidence, "test", reason) } : o)],
    }).NextTurn();

    public static Situation NextTurn(this Situation situation) => situation with { Turn = situation.Turn + 1, TurnsLeft = situation.TurnsLeft - 1 };
}
