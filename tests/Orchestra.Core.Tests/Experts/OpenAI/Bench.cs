using System.Text;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>Experts and calls as the tests of this folder need them.</summary>
internal static class Bench
{
    public const string Key = "sk-very-secret";

    public static OpenAIExpertOptions Options(params Uri[] endpoints) => new()
    {
        Name = "small",
        Endpoints = endpoints,
        Model = "mixtral",
        ApiKey = Key,
        RetryBaseDelay = TimeSpan.Zero,
    };

    public static OpenAIExpert Expert(FaultyUpstream upstream, Func<OpenAIExpertOptions, OpenAIExpertOptions>? change = null, TimeProvider? time = null, ILogger? logger = null)
    {
        var options = Options(upstream.Endpoint);
        return new OpenAIExpert(change?.Invoke(options) ?? options, time ?? TimeProvider.System, logger ?? new ListLogger());
    }

    public static ExpertCall Call(string more = "", string text = "hi", RequestEdits? edits = null)
    {
        var body = $$"""{"model":"orchestra","messages":[{"role":"user","content":"{{text}}"}]{{more}}}""";
        return new ExpertCall("call_1", ChatRequestReader.Read(Encoding.UTF8.GetBytes(body)), edits ?? RequestEdits.None);
    }

    public static ExpertCall StreamCall(bool usage = false) =>
        Call(usage ? ""","stream":true,"stream_options":{"include_usage":true}""" : ""","stream":true""");

    /// <summary>The whole stream, and the error that ended it.</summary>
    public static async Task<Streamed> ReadAsync(IExpert expert, ExpertCall call, CancellationToken ct = default)
    {
        var streamed = new Streamed();
        try
        {
            await foreach (var chunk in expert.StreamAsync(call, ct))
                streamed.Add(chunk);
        }
        catch (ExpertException exception)
        {
            streamed.Error = exception;
        }

        return streamed;
    }

    public static async Task<ExpertException> FailureAsync(IExpert expert, ExpertCall? call = null) =>
        await Should.ThrowAsync<ExpertException>(() => expert.AskAsync(call ?? Call(), CancellationToken.None));
}

internal sealed class Streamed
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public int Chunks { get; private set; }

    public int Tokens { get; private set; }

    public TokenUsage? Usage { get; private set; }

    public string? FinishReason { get; private set; }

    public ExpertException? Error { get; set; }

    public void Add(ReplyChunk chunk)
    {
        _text.Append(Encoding.UTF8.GetString(chunk.Events.Span));
        Chunks++;
        Tokens += chunk.OutputTokens;
        Usage = chunk.Usage ?? Usage;
        FinishReason = chunk.FinishReason ?? FinishReason;
    }
}

internal sealed class ListLogger : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
            _lines.Add(formatter(state, exception) + exception);
    }
}
