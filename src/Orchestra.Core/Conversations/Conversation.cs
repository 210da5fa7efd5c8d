using System.Runtime.CompilerServices;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>
/// Serves one query: the conductor decides, experts are asked and paid, verifiers judge, until there is an answer or a limit ends the loop,
/// always with the best observation so far or a clear error.
/// </summary>
internal sealed class Conversation(ConversationParts parts, IConductor conductor, Query query, CancellationToken client) : IDisposable
{
    private readonly List<Observation> _observations = [];
    private readonly TrajectoryRecorder _recorder = new(parts, query, conductor);
    private readonly DeadlineSource _deadline = new(parts.Limits.Deadline, parts.Time, client);
    private readonly IReadOnlyList<ExpertDescriptor> _catalogue = parts.Catalogue.DescriptorsFor(query.Caller);
    private ExpertCalls? _calls;
    private BudgetUsage? _usage;

    private ExpertCalls Calls => _calls ??= new ExpertCalls(parts, query, _recorder);

    /// <inheritdoc/>
    public void Dispose() => _deadline.Dispose();

    /// <summary>Serves the query; throws <see cref="OrchestraException"/> with the trajectory's id where it cannot.</summary>
    public async Task<Answer> RunAsync()
    {
        var streams = false;
        try
        {
            var answer = await LoopAsync();
            if (answer.Stream is null)
                await _recorder.EndAsync("answered");
            streams = answer.Stream is not null;
            return answer;
        }
        catch (OrchestraException error)
        {
            error.TrajectoryId = _recorder.Id;
            await _recorder.EndAsync(error.Code);
            throw;
        }
        catch (OperationCanceledException) when (client.IsCancellationRequested)
        {
            await _recorder.EndAsync("cancelled");
            throw;
        }
        catch (OperationCanceledException)
        {
            await _recorder.EndAsync(ErrorCode.UpstreamTimeout);
            throw new OrchestraException(
                ErrorCode.UpstreamTimeout, 504, $"The query's deadline of {parts.Limits.Deadline.TotalSeconds:0.###} s passed. Raise Orchestra:Conductor:Deadline, or ask for less.")
            {
                TrajectoryId = _recorder.Id,
            };
        }
        catch
        {
            await _recorder.EndAsync(ErrorCode.Internal);
            throw;
        }
        finally
        {
            // A stream outlives this method and disposes the conversation at its end.
            if (!streams)
                Dispose();
        }
    }

    private async Task<Answer> LoopAsync()
    {
        var ct = _deadline.Token;
        for (var turn = 1; turn <= parts.Limits.MaxTurns; turn++)
        {
            if (_deadline.IsOver)
                return Best("The deadline passed.", turn) ?? throw Calls.LastError ?? Failure(ErrorCode.UpstreamTimeout, 504, "The query's deadline passed. Raise Orchestra:Conductor:Deadline, or ask for less.");
            _usage = await parts.Budgets.UsageAsync(query.Caller.Payer, ct);
            var decision = await conductor.DecideAsync(SituationAt(turn), ct);
            _recorder.Decided(decision);
            try
            {
                if (await MakeAsync(decision, turn, ct) is { } answer)
                    return answer;
            }
            catch (InsufficientQuotaException) when (Best("The budget does not cover another call.", turn) is not null)
            {
                return Finished(BestObservation()!);
            }
        }

        return Best("The turn limit is reached.", parts.Limits.MaxTurns)
            ?? throw Calls.LastError ?? Failure(ErrorCode.UpstreamFailed, 502, $"No answer was found within {parts.Limits.MaxTurns} turns. Raise Orchestra:Conductor:MaxTurns.");
    }

    private async Task<Answer?> MakeAsync(Decision decision, int turn, CancellationToken ct)
    {
        if (decision.Moves.Count != 1)
        {
            await MakeAllAsync(decision, turn, ct);
            return null;
        }

        switch (decision.Moves[0])
        {
            case Move.Finish finish:
                _recorder.Moved(turn, "finish", Target(finish.ObservationId), decision.Reason);
                return Finished(_observations[finish.ObservationId]);
            case Move.Refuse refuse:
                _recorder.Moved(turn, "refuse", string.Empty, decision.Reason, error: refuse.Code);
                throw Refusal(refuse);
            case Move.Verify verify:
                await VerifyAsync(verify.ObservationId, turn, decision.Reason, ct);
                return null;
            case Move.Delegate { Judged: false } final when query.Request.Stream:
                var stream = await Calls.BeginAsync(final, _observations.Count, turn, decision.Reason, this, _observations.Add, client, ct);
                return stream is null ? null : Streamed(stream.ReadAsync(), _deadline.Token);
            case var call:
                var observation = await Calls.MakeAsync(call, _observations.Count, turn, decision.Reason, client, ct);
                _observations.Add(observation);
                return call is Move.Delegate { Judged: false } && observation.Succeeded ? Finished(observation) : null;
        }
    }

    /// <summary>Makes several calls side by side; those beyond the fan-out limit are not made, and say so.</summary>
    private async Task MakeAllAsync(Decision decision, int turn, CancellationToken ct)
    {
        var first = _observations.Count;
        var made = await Task.WhenAll(decision.Moves.Take(parts.Limits.MaxFanOut).Select((move, index) =>
            Calls.MakeAsync(move, first + index, turn, decision.Reason, client, ct)));
        _observations.AddRange(made);
        foreach (var move in decision.Moves.Skip(parts.Limits.MaxFanOut))
        {
            var skipped = new Observation
            {
                Id = _observations.Count, Turn = turn, Move = move, Expert = move is Move.CallTool tool ? tool.Tool : ((Move.Delegate)move).Expert,
                ErrorCode = ErrorCode.InvalidRequest, ErrorMessage = $"Not called: at most {parts.Limits.MaxFanOut} calls may run side by side.",
            };
            _observations.Add(skipped);
            _recorder.Observed(skipped, decision.Reason);
        }
    }

    private async Task VerifyAsync(int id, int turn, string reason, CancellationToken ct)
    {
        var verdict = await parts.Verifier.VerifyAsync(SituationAt(turn), _observations[id], ct)
            ?? new Verdict(true, 0.5, parts.Verifier.Name, "No verifier objects.");
        _observations[id] = _observations[id] with { Verdict = verdict };
        _recorder.Moved(turn, "verify", Target(id), reason, verdict);
    }

    private Situation SituationAt(int turn) => new()
    {
        Request = query.Request,
        TenantId = query.Caller.TenantId,
        Catalogue = _catalogue,
        Observations = _observations,
        Turn = turn,
        TurnsLeft = parts.Limits.MaxTurns - turn + 1,
        Spent = _recorder.Cost,
        TimeLeft = parts.Limits.Deadline - _recorder.Elapsed,
        Budget = _usage,
        Preference = Preference.Default.Under(_usage?.Pressure ?? 0),
    };

    private Answer? Best(string reason, int turn)
    {
        if (BestObservation() is not { } best)
            return null;
        _recorder.Overruled();
        _recorder.Moved(turn, "finish", Target(best.Id), $"{reason} This is the best answer so far.");
        return Finished(best);
    }

    private Observation? BestObservation() => _observations
        .Where(observation => observation is { Succeeded: true, Move: not Move.Delegate { Purpose: Purpose.Assessment } } && !AsksForOurTools(observation))
        .OrderByDescending(observation => observation.Move is Move.Delegate)
        .ThenByDescending(observation => observation switch { { Verdict.Accepted: true } => 2, { Verdict: null, Stopped: null } => 1, _ => 0 })
        .ThenByDescending(observation => observation.Id)
        .FirstOrDefault();

    /// <summary>An answer that asks for tools which the client did not offer is of no use to it.</summary>
    private bool AsksForOurTools(Observation observation) => observation.Completion!.HasToolCalls && !query.Request.HasTools;

    private Answer Finished(Observation observation) => query.Request.Stream
        ? Streamed(Replay(observation.Completion!), client)
        : new Answer { TrajectoryId = _recorder.Id, Experts = _recorder.Experts, Body = observation.Completion!.Body, CostSource = () => _recorder.Cost, TokenSource = () => _recorder.Tokens };

    private Answer Streamed(IAsyncEnumerable<ReplyChunk> chunks, CancellationToken until) =>
        new() { TrajectoryId = _recorder.Id, Experts = _recorder.Experts, Stream = chunks, Until = until, CostSource = () => _recorder.Cost, TokenSource = () => _recorder.Tokens };

    private async IAsyncEnumerable<ReplyChunk> Replay(ChatCompletion completion, [EnumeratorCancellation] CancellationToken ct = default)
    {
        Dispose();
        await _recorder.EndAsync("answered");
        ct.ThrowIfCancellationRequested();
        yield return ChatCompletionEvents.FromCompletion(completion, query.Request.IncludeUsage);
    }

    private OrchestraException Refusal(Move.Refuse refuse)
    {
        if (Calls.LastError is { } error && error.Code == refuse.Code)
            return error;
        var status = refuse.Code switch
        {
            ErrorCode.NoExpert or ErrorCode.Overloaded => 503,
            ErrorCode.UpstreamFailed => 502,
            ErrorCode.UpstreamTimeout => 504,
            _ => 400,
        };
        return new OrchestraException(refuse.Code, status, refuse.Reason);
    }

    private static string Target(int observationId) => $"observation {observationId}";

    private static OrchestraException Failure(string code, int status, string message) => new(code, status, message);
}
