using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Replay;

/// <summary>The recorded responses of outcome tables, found by prompt and model; of two rows with the same prompt the first counts.</summary>
public sealed class ReplayTable
{
    /// <summary>Bytes of responses that are held at most, with what it takes to find them.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>Seconds until the first token, where the table has no latency.</summary>
    public const double EstimatedFirstTokenSeconds = 0.3;

    /// <summary>Output tokens a second, where the table has no latency.</summary>
    public const double EstimatedTokensPerSecond = 50;

    private const int BytesPerEntry = 160;
    private readonly HashSet<UInt128> _prompts = [];
    private readonly OrderedDictionary<string, Dictionary<UInt128, RecordedReply>> _models = [];
    private readonly HashSet<UInt128> _answered = [];
    private long _bytes;

    /// <summary>Names of the models, in the tables' order.</summary>
    public IReadOnlyList<string> Models => _models.Keys;

    /// <summary>Number of different prompts.</summary>
    public int Prompts => _prompts.Count;

    /// <summary>Number of prompts that at least one model has a recorded response to.</summary>
    public int AnsweredPrompts => _answered.Count;

    /// <summary>Adds a row; throws <see cref="OrchestraException"/> where the tables are too large.</summary>
    /// <param name="row">The row.</param>
    /// <param name="only">Models to keep; all where it is empty.</param>
    public void Add(OutcomeRow row, IReadOnlyCollection<string> only)
    {
        var prompt = KeyOf(row.Prompt);
        if (_prompts.Add(prompt))
            Reserve(BytesPerEntry);
        foreach (var (model, outcome) in row.Outcomes)
        {
            if (only.Count > 0 && !only.Contains(model))
                continue;
            if (!_models.TryGetValue(model, out var replies))
                _models.Add(model, replies = []);
            if (outcome.Response is null || replies.ContainsKey(prompt))
                continue;
            var reply = ReplyOf(row, outcome, outcome.Response);
            Reserve(BytesPerEntry + reply.Utf8.Length);
            replies.Add(prompt, reply);
            _answered.Add(prompt);
        }
    }

    /// <summary>
    /// The reply to the last user message that is a known prompt: a conductor may append notes behind it. Throws <see cref="OrchestraException"/> (404) that says
    /// what is not known.
    /// </summary>
    public RecordedReply Find(ChatRequest request)
    {
        if (!_models.TryGetValue(request.Model, out var replies))
            throw new OrchestraException(ErrorCode.ModelNotFound, 404, $"No model '{request.Model}' is replayed here; there is {string.Join(", ", Models)}.") { Param = "model" };
        foreach (var text in request.UserTexts.Reverse())
        {
            var prompt = KeyOf(text);
            if (!_prompts.Contains(prompt))
                continue;
            return replies.TryGetValue(prompt, out var reply)
                ? reply
                : throw new OrchestraException(ErrorCode.NotFound, 404, $"The table has this prompt, but no recorded response of '{request.Model}' to it: ask another model.") { Param = "model" };
        }

        throw new OrchestraException(ErrorCode.NotFound, 404, "None of the user messages is a prompt of the table: a replay answers recorded prompts only, word for word.") { Param = "messages" };
    }

    private static RecordedReply ReplyOf(OutcomeRow row, Outcome outcome, string response)
    {
        var output = outcome.OutputTokens ?? TokenEstimator.Likely(response.Length);
        var usage = new TokenUsage(outcome.InputTokens ?? TokenEstimator.Likely(row.Prompt.Length), output, outcome.InputTokens is null || outcome.OutputTokens is null);
        var latency = outcome.LatencySeconds ?? (EstimatedFirstTokenSeconds + (output / EstimatedTokensPerSecond));
        return new RecordedReply(Encoding.UTF8.GetBytes(response), usage, TimeSpan.FromSeconds(Math.Min(latency, TimeSpan.SecondsPerDay)));
    }

    private void Reserve(long bytes)
    {
        _bytes += bytes;
        if (_bytes > MaxBytes)
            throw new OrchestraException(ErrorCode.InvalidConfiguration, 400, $"The recorded responses need more than {MaxBytes >> 20} MiB: give fewer files, or name the models to replay with --model.");
    }

    /// <summary>Half of a cryptographic hash, so that nobody can make two prompts collide and the prompts themselves need not be held.</summary>
    private static UInt128 KeyOf(string prompt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(prompt.AsSpan().Trim()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
