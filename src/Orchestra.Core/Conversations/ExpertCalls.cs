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
        var tab = await Tab.OpenAsync(parts, query, recorder.Id, expert.Descriptor, quote, streams: false, ct);
        recorder.Asking(expert.Descriptor.Name);
        var observation = new Observation { Id = id, Turn = turn, Move = move, Expert = expert.Descriptor.Name };
        try
        {
            var call = new ExpertCall(parts.Ids.Next("call_"), query.Request, Limit(edits, expert.Descriptor, tab.Quote), arguments);
            var reply = await expert.AskAsync(call, ct);
            observation = observation with { Completion = reply.Completion, Usage = reply.Usage, Cost = tab.Settle(reply.Usage) };
        }
        catch (OrchestraException error)
        {
            LastError = error;
            observation = observation with { ErrorCode = error.Code, ErrorMessage = error.Message, Cost = CostOfFailure(tab, error) };
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested && ct.IsCancellationRequested)
        {
            LastError = DeadlineError(expert.Descriptor.Name);
            observation = observation with { ErrorCode = LastError.Code, ErrorMessage = LastError.Message, Cost = tab.SettleUnknown() };
        }
        catch (OperationCanceledException)
        {
            recorder.Observed(observation with { ErrorCode = "cancelled", ErrorMessage = "The client went away.", Cost = tab.SettleUnknown(), Latency = parts.Time.GetElapsedTime(started) }, reason);
            throw;
        }
        catch
        {
            // A fault of the expert's own code: what it did is unknown, so it is billed as a call that may have been charged.
            tab.SettleUnknown();
            throw;
        }

        observation = observation with { Latency = parts.Time.GetElapsedTime(started) };
        recorder.Observed(observation, reason);
        return observation;
    }

    /// <summary>
    /// Begins a streamed call and waits for its first chunk. Returns null where it failed before that; the failure is in <paramref name="failed"/>.
    /// Throws as <see cref="MakeAsync"/> does.
    /// </summary>
    public async Task<PaidStream?> BeginAsync(Move.Delegate move, int id, int turn, string reason, Action<Observation> failed, CancellationToken client, CancellationToken ct)
    {
        var (expert, edits, _) = Resolve(move);
        var quote = CallQuote.For(expert.Descriptor, query.Request, edits);
        var started = parts.Time.GetTimestamp();
        var tab = await Tab.OpenAsync(parts, query, recorder.Id, expert.Descriptor, quote, streams: true, ct);
        recorder.Asking(expert.Descriptor.Name);
        var call = new ExpertCall(parts.Ids.Next("call_"), query.Request, Limit(edits, expert.Descriptor, tab.Quote));
        var chunks = expert.StreamAsync(call, ct).GetAsyncEnumerator(ct);
        var stream = new PaidStream(parts, query, recorder, tab, expert.Descriptor.Name, chunks, started, new StreamOrigin(id, turn, reason), client, ct);
        try
        {
            if (await chunks.MoveNextAsync())
                return stream;
            LastError = new ExpertException(expert.Descriptor.Name, ErrorCode.UpstreamFailed, 502, $"The expert '{expert.Descriptor.Name}' ended its stream without an answer.") { MayHaveCharged = true };
        }
        catch (OrchestraException error)
        {
            LastError = error;
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested && ct.IsCancellationRequested)
        {
            LastError = DeadlineError(expert.Descriptor.Name);
        }
        catch (OperationCanceledException)
        {
            await chunks.DisposeAsync();
            stream.RecordCancelled();
            throw;
        }
        catch
        {
            tab.SettleUnknown();
            await chunks.DisposeAsync();
            throw;
        }

        await chunks.DisposeAsync();
        var observation = new Observation
        {
            Id = id, Turn = turn, Move = move, Expert = expert.Descriptor.Name, ErrorCode = LastError.Code, ErrorMessage = LastError.Message,
            Cost = CostOfFailure(tab, LastError), Latency = parts.Time.GetElapsedTime(started),
        };
        recorder.Observed(observation, reason);
        failed(observation);
        return null;
    }

    private (IExpert Expert, RequestEdits Edits, string? Arguments) Resolve(Move move)
    {
        var (name, edits, arguments) = move switch
        {
            Move.Delegate d => (d.Expert, d.Edits, null),
            Move.CallTool t => (t.Tool, RequestEdits.None, t.Arguments.Length == 0 ? null : t.Arguments),
            _ => throw new InvalidOperationException("Only delegations and tool calls ask experts."),
        };
        return parts.Catalogue.TryGet(name, out var expert) && query.Caller.MayUse(name)
            ? (expert, edits, arguments)
            : throw new OrchestraException(ErrorCode.Internal, 500, $"The conductor named '{name}', which is not in the query's catalogue. This is a fault of the conductor.");
    }

    /// <summary>
    /// Tells a paid expert the output limit that the reservation covers, whether or not the client gave one; a free one is only told of its own maximum.
    /// </summary>
    private RequestEdits Limit(RequestEdits edits, ExpertDescriptor expert, CallQuote quote) =>
        expert.Price.IsFree && (query.Request.MaxOutputTokens ?? 0) <= quote.OutputTokens && edits.MaxOutputTokens is null
            ? edits
            : edits with { MaxOutputTokens = quote.OutputTokens };

    private static Money CostOfFailure(Tab tab, OrchestraException error)
    {
        if (error is ExpertException { MayHaveCharged: true })
            return tab.SettleUnknown();
        tab.Release();
        return Money.Zero;
    }

    private ExpertException DeadlineError(string expert) => new(
        expert, ErrorCode.UpstreamTimeout, 504,
        $"The query's deadline of {parts.Limits.Deadline.TotalSeconds:0.###} s passed while the expert '{expert}' was at work. Raise Orchestra:Conductor:Deadline, or ask for less.")
    {
        MayHaveCharged = true,
    };
}
