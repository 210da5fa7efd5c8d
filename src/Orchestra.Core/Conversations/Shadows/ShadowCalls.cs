using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Configuration;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations.Shadows;

/// <summary>
/// Makes the comparisons that were drawn, a few at a time, each paid for like any other call, and keeps what the experts answered. When the host stops, those
/// under way may end within its time, and are then cut off.
/// </summary>
internal sealed partial class ShadowCalls(
    ShadowOffers offers, ConversationParts parts, ITenantStore tenants, ITrajectoryHistory history, ShadowOptions options, ILogger<ShadowCalls> logger) : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _cut = new();
    private Task _running = Task.CompletedTask;
    private bool _toldOfTenant;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(Enumerable.Range(0, options.MaxConcurrency).Select(_ => WorkAsync()));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        offers.Close();
        await using var impatience = cancellationToken.Register(_cut.Cancel);
        await _running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        offers.Close();
        await _cut.CancelAsync();
        await _running;
        _cut.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await offers.TakeAsync() is { } offer)
            ShadowInstruments.Ended(await CompareAsync(offer));
    }

    private async Task<string> CompareAsync(ShadowOffer offer)
    {
        try
        {
            if (!await IsPaidForAsync())
                return ShadowInstruments.NoTenant;
            var observation = await AskAsync(offer);
            // It is paid for: a stop does not lose it, and the store bounds the time.
            await history.AddAsync(offer.StartedAt, AnswerOf(offer, observation), CancellationToken.None);
            return observation.Succeeded ? ShadowInstruments.Answered : ShadowInstruments.Failed;
        }
        catch (InsufficientQuotaException)
        {
            return ShadowInstruments.NoBudget;
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            return ShadowInstruments.Stopped;
        }
        catch (Exception error)
        {
            // Its message may hold a prompt.
            LogFailed(offer.TrajectoryId, offer.Expert.Name, error.GetType().Name);
            return ShadowInstruments.Error;
        }
    }

    private async Task<bool> IsPaidForAsync()
    {
        if (await tenants.FindTenantAsync(options.Tenant!, _cut.Token) is { IsDeleted: false, Disabled: false })
            return true;
        if (!Interlocked.Exchange(ref _toldOfTenant, true))
            LogNoTenant(options.Tenant!);
        return false;
    }

    private async Task<Observation> AskAsync(ShadowOffer offer)
    {
        using var deadline = new DeadlineSource(parts.Limits.Deadline, parts.Time, _cut.Token);
        var recorder = new TrajectoryRecorder(parts, offer.Query, new DirectConductor(offer.Expert)) { Id = offer.TrajectoryId };
        var move = new Move.Delegate(offer.Expert.Name, RequestEdits.None, Purpose.Answer, Judged: true);
        return await new ExpertCalls(parts, offer.Query, recorder).MakeAsync(move, 0, 1, "A shadow comparison.", _cut.Token, deadline.Token);
    }

    private ShadowAnswer AnswerOf(ShadowOffer offer, Observation observation) => new()
    {
        TrajectoryId = offer.TrajectoryId,
        Expert = observation.Expert,
        Probability = offer.Probability,
        PaidBy = offer.Query.Caller.TenantId,
        Text = parts.Limits.KeepTexts && observation.Succeeded ? TrajectoryRecorder.Cut(observation.Text) : null,
        FinishReason = observation.Completion?.FinishReason,
        Error = observation.ErrorCode ?? observation.Stopped,
        Usage = observation.Succeeded ? observation.Usage : null,
        Cost = observation.Cost,
        Latency = observation.Latency,
    };

    [LoggerMessage(1, LogLevel.Warning, "The shadow comparison of trajectory {TrajectoryId} with {Expert} failed with {Error}")]
    private partial void LogFailed(string trajectoryId, string expert, string error);

    [LoggerMessage(2, LogLevel.Warning, "There is no tenant {TenantId} that could pay for shadow comparisons, or it is disabled; none is made until there is. Create it, or name another one in Orchestra:Learning:Shadow:Tenant")]
    private partial void LogNoTenant(string tenantId);
}
