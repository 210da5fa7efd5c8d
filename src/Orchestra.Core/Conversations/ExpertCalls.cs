using System.Text.Json;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>Makes the calls of one query, each paid for: reserve, ask, settle, observe.</summary>
internal sealed class ExpertCalls(ConversationParts parts, Query query, TrajectoryRecorder recorder)
{
    /// <summary>The error of the call that failed last.</summary>
    public OrchestraException? LastError { get; private set; }

    /// <summary>
    /// Makes a move's call and returns what came of it; a failure is an observation too. Throws <see cref="InsufficientQuotaException"/> where the
    /// budget does not cover the call, and <see cref="OperationCanceledException"/> where the client went away.
    /// </summary>
    public async Task<Observation> MakeAsync(Move move, int id, int turn, string reason, CancellationToken client, CancellationToken ct)
    {
        var (expert, edits, arguments) = Resolve(move);
        var quote = CallQuote.For(expert.Descriptor, query.Request, edits);
        var started = parts.Time.GetTimestamp();
        // Upstreams give sound as a stream only in other formats than as a whole.
        var grows = expert.Descriptor.Streams && quote.Most > quote.Upto(parts.Limits.OutputSlice) && !query.Request.Has("audio");
        using var tab = await Tab.OpenAsync(parts, query, recorder.Id, expert.Descriptor, quote, grows, ct);
        var observation = new Observation { Id = id, Turn = turn, Move = move, Expert = expert.Descriptor.Name };
        try
        {
            recorder.Asking(expert.Descriptor.Name);
            var call = new ExpertCall(parts.Ids.Next("call_"), query.Request, Limit(edits, expert.Descriptor, tab.Quote), arguments);
            observation = grows ? await AssembleAsync(expert, call, tab, observation, client, ct) : await AskAsync(expert, call, tab, observation, ct);
        }
        catch (Exception exception)
        {
            observation = Failed(observation, tab, exception, client, ct) with { Latency = parts.Time.GetElapsedTime(started) };
            recorder.Observed(observation, reason);
            if (!IsObserved(exception, client, ct))
                throw;
            return observation;
        }

        observation = observation with { Latency = parts.Time.GetElapsedTime(started) };
        recorder.Observed(observation, reason);
        return observation;
    }

    /// <summary>
    /// Begins a streamed call and waits for its first chunk. Returns null where it failed before that, with the failure in <paramref name="failed"/>;
    /// otherwise the stream disposes <paramref name="owned"/> at its end. Throws as <see cref="MakeAsync"/> does.
    /// </summary>
    public async Task<PaidStream?> BeginAsync(
        Move.Delegate move, int id, int turn, string reason, IDisposable owned, Action<Observation> failed, CancellationToken client, CancellationToken ct)
    {
        var (expert, edits, _) = Resolve(move);
        var quote = CallQuote.For(expert.Descriptor, query.Request, edits);
        var origin = new StreamOrigin(id, turn, reason, parts.Time.GetTimestamp());
        var tab = await Tab.OpenAsync(parts, query, recorder.Id, expert.Descriptor, quote, expert.Descriptor.Streams, ct);
        PaidChunks? chunks = null;
        try
        {
            recorder.Asking(expert.Descriptor.Name);
            var call = new ExpertCall(parts.Ids.Next("call_"), query.Request, Limit(edits, expert.Descriptor, tab.Quote));
            chunks = new PaidChunks(tab, expert.StreamAsync(call, ct).GetAsyncEnumerator(ct), client, ct);
            if (!await chunks.BeginAsync())
                throw NoAnswer(expert.Descriptor.Name);
            return new PaidStream(parts, query, recorder, expert.Descriptor.Name, chunks, origin, owned);
        }
        catch (Exception exception)
        {
            var observation = new Observation { Id = id, Turn = turn, Move = move, Expert = expert.Descriptor.Name, Latency = parts.Time.GetElapsedTime(origin.Started) };
            observation = Failed(observation, tab, exception, client, ct);
            recorder.Observed(observation, reason);
            if (chunks is not null)
                await chunks.DisposeAsync();
            if (!IsObserved(exception, client, ct))
                throw;
            failed(observation);
            return null;
        }
    }

    private static async Task<Observation> AskAsync(IExpert expert, ExpertCall call, Tab tab, Observation observation, CancellationToken ct)
    {
        var reply = await expert.AskAsync(call, ct);
        return observation with { Completion = reply.Completion, Usage = reply.Usage, Cost = tab.Settle(reply.Usage) };
    }

    /// <summary>A whole answer from a stream, so that a slice of its output is held instead of all that it may cost.</summary>
    private static async Task<Observation> AssembleAsync(IExpert expert, ExpertCall call, Tab tab, Observation observation, CancellationToken client, CancellationToken ct)
    {
        await using var chunks = new PaidChunks(tab, expert.StreamAsync(call with { IncludeUsage = true }, ct).GetAsyncEnumerator(ct), client, ct);
        if (!await chunks.BeginAsync())
            throw NoAnswer(observation.Expert);
        var answer = new CompletionAssembler();
        try
        {
            do
            {
                await chunks.CoverAsync();
                answer.Add(chunks.Current.Events.Span);
            }
            while (await chunks.MoveNextAsync());
            chunks.ThrowIfFailed();
            if (chunks.Stopped is { } reason)
                answer.Stop(reason, chunks.Usage);
            return observation with { Completion = answer.Complete(), Stopped = chunks.Stopped, Usage = chunks.Usage, Cost = chunks.Settle() };
        }
        catch (JsonException exception)
        {
            throw new ExpertException(
                observation.Expert, ErrorCode.UpstreamFailed, 502,
                $"The expert '{observation.Expert}' sent a stream that makes no whole answer, or one of more than {CompletionAssembler.MaxBytes} bytes; check its Endpoint, or ask for fewer tokens.", exception)
            {
                MayHaveCharged = true,
            };
        }
    }

    private (IExpert Expert, RequestEdits Edits, string? Arguments) Resolve(Move move)
    {
        var (name, edits, arguments) = move switch
        {
            Move.Delegate d => (d.Expert, d.Edits, null),
            Move.CallTool t => (t.Tool, RequestEdits.None, t.Arguments.Length == 0 ? null : t.Arguments),
            _ => throw new InvalidOperationException("Only delegations and tool calls ask experts."),
        };
        if (!parts.Catalogue.TryGet(name, out var expert) || !query.Caller.MayUse(name))
            throw new OrchestraException(ErrorCode.Internal, 500, $"The conductor named '{name}', which is not in the query's catalogue. This is a fault of the conductor.");
        if (!edits.Bare && expert.Descriptor.RefusedFields.FirstOrDefault(query.Request.Has) is { } refused)
            throw OrchestraException.Invalid(refused, $"The expert '{name}' does not take the field '{refused}', which changes its price. Leave it out, or ask the operator to take it off the expert's RefusedFields.");
        return (expert, edits, arguments);
    }

    /// <summary>
    /// Tells a paid expert the output limit that the reservation covers, whether or not the client gave one; a free one is only told of its own maximum.
    /// </summary>
    private RequestEdits Limit(RequestEdits edits, ExpertDescriptor expert, CallQuote quote) =>
        expert.Price.IsFree && (query.Request.MaxOutputTokens ?? 0) <= quote.OutputTokens && edits.MaxOutputTokens is null
            ? edits
            : edits with { MaxOutputTokens = quote.OutputTokens };

    /// <summary>The observation of a call that threw, and its bill: nothing where the expert cannot have charged.</summary>
    private Observation Failed(Observation observation, Tab tab, Exception exception, CancellationToken client, CancellationToken ct)
    {
        if (IsObserved(exception, client, ct))
            LastError = exception as OrchestraException ?? DeadlineError(observation.Expert);
        var mayHaveCharged = exception is ExpertException expert ? expert.MayHaveCharged : exception is not (OrchestraException or CallNotSentException);
        var (code, message) = exception switch
        {
            _ when IsObserved(exception, client, ct) => (LastError!.Code, LastError.Message),
            OperationCanceledException when client.IsCancellationRequested => ("cancelled", "The client went away."),
            _ => (ErrorCode.Internal, $"The expert's own code failed with {exception.GetType().Name}."),
        };
        return observation with { ErrorCode = code, ErrorMessage = message, Cost = mayHaveCharged ? tab.SettleUnknown() : tab.Release() };
    }

    /// <summary>Whether the conductor may go on behind this: not where the client went away, nor where the expert's own code is at fault.</summary>
    private static bool IsObserved(Exception exception, CancellationToken client, CancellationToken ct) =>
        exception is OrchestraException || (exception is OperationCanceledException && !client.IsCancellationRequested && ct.IsCancellationRequested);

    private static ExpertException NoAnswer(string expert) =>
        new(expert, ErrorCode.UpstreamFailed, 502, $"The expert '{expert}' ended its stream without an answer.") { MayHaveCharged = true };

    private ExpertException DeadlineError(string expert) => new(
        expert, ErrorCode.UpstreamTimeout, 504,
        $"The query's deadline of {parts.Limits.Deadline.TotalSeconds:0.###} s passed while the expert '{expert}' was at work. Raise Orchestra:Conductor:Deadline, or ask for less.")
    {
        MayHaveCharged = true,
    };
}
