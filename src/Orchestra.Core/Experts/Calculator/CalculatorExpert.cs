using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>The expert that works out arithmetic exactly, in this process and for nothing.</summary>
/// <param name="name">Its name in the catalogue.</param>
/// <param name="time">The clock of the answers' date.</param>
/// <param name="ids">Makes the answers' ids.</param>
public sealed class CalculatorExpert(string name, TimeProvider time, IdGenerator ids) : IExpert
{
    private const string Parameter = "expression";

    private const string Schema = """
        {"type":"object","properties":{"expression":{"type":"string","description":"The expression, for example 12.5% of 3/7, sqrt(2)^3 or round(10/3, 2)."}},"required":["expression"],"additionalProperties":false}
        """;

    /// <inheritdoc/>
    public ExpertDescriptor Descriptor { get; } = new()
    {
        Name = name,
        Kind = "calculator",
        Price = ExpertPrice.Free,
        Streams = false,
        Skills = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "math" },
        Tool = new ToolDefinition(
            name,
            "Works out arithmetic exactly: + - * / ^ % ! mod, fractions, percentages, and the functions " + CalculatorFunctions.Names + " with pi and e.",
            Schema,
            Parameter),
    };

    /// <inheritdoc/>
    public Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            return Task.FromCanceled<ExpertReply>(ct);
        try
        {
            return Task.FromResult(new ExpertReply(Answer(call), default));
        }
        catch (ExpertException exception)
        {
            return Task.FromException<ExpertReply>(exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        var reply = await AskAsync(call, ct);
        yield return ChatCompletionEvents.FromCompletion(reply.Completion, call.IncludeUsage);
    }

    private ChatCompletion Answer(ExpertCall call)
    {
        var text = call.Arguments is { } arguments ? ExpressionOf(arguments) : call.Request.LastUserText;
        var expression = ArithmeticQuestion.TryRead(text, out var read) ? read : text;
        try
        {
            var result = CalculatorEvaluator.Evaluate(expression);
            return ChatCompletionWriter.FromText(ids.Next("chatcmpl-"), name, time.GetUtcNow(), result.Text, default);
        }
        catch (CalculatorException exception)
        {
            // Not the request's fault: an expert that reads more than arithmetic may well answer it.
            throw new ExpertException(name, exception.Code, exception.Status, exception.Message, exception);
        }
    }

    private string ExpressionOf(string arguments)
    {
        if (!arguments.AsSpan().TrimStart().StartsWith("{"))
            return arguments;
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (document.RootElement.TryGetProperty(Parameter, out var expression) && expression.ValueKind == JsonValueKind.String)
                return expression.GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw WrongArguments(exception);
        }

        throw WrongArguments(null);
    }

    private ExpertException WrongArguments(Exception? inner) =>
        new(name, ErrorCode.InvalidRequest, 400, "The calculator's arguments must be JSON with one text, for example {\"expression\": \"2 + 3 * 4\"}.", inner);
}
