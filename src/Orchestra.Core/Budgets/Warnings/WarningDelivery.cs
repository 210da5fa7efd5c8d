using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestra.Core.Budgets.Warnings;

/// <summary>
/// Delivers the warnings of the outbox to the webhook, each at least once: what fails is tried again, ever more rarely, for three days. Without a
/// webhook the log has told them, and they are done.
/// </summary>
/// <param name="outbox">The warnings.</param>
/// <param name="sender">The webhook; null where there is none.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
public sealed partial class WarningDelivery(IWarningOutbox outbox, WebhookSender? sender, TimeProvider time, ILogger<WarningDelivery> logger) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        sender?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            do
            {
                await PassAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is delivered by the next host.
        }
    }

    private async Task PassAsync(CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow();
            while (await outbox.ClaimAsync(now, now + Claim, AtOnce, ct) is { Count: > 0 } warnings)
                await Task.WhenAll(warnings.Select(warning => DeliverAsync(warning, ct)));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogUnreadable(error);
        }
    }

    private async Task DeliverAsync(PendingWarning warning, CancellationToken ct)
    {
        try
        {
            if (sender is not null)
                await sender.SendAsync(warning.Entry, ct);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutException)
        {
            await RetryLaterAsync(warning, error, ct);
            return;
        }

        await outbox.CompleteAsync(warning, ct);
    }

    private async Task RetryLaterAsync(PendingWarning warning, Exception error, CancellationToken ct)
    {
        var entry = warning.Entry;
        if (time.GetUtcNow() - entry.At > GiveUpAfter)
        {
            LogGivenUp(entry.TenantId, entry.OperationId, warning.Tries + 1, error.Message);
            await outbox.CompleteAsync(warning, ct);
            return;
        }

        var wait = FirstRetry * Math.Pow(2, Math.Min(warning.Tries, 12));
        LogFailed(entry.TenantId, entry.OperationId, warning.Tries + 1, error.Message);
        await outbox.PostponeAsync(warning, time.GetUtcNow() + (wait < LastRetry ? wait : LastRetry), ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "Tenant {TenantId}: the webhook did not take the warning {Warning} (try {Tries}: {Error}); tried again later")]
    private partial void LogFailed(string tenantId, string warning, int tries, string error);

    [LoggerMessage(2, LogLevel.Error, "Tenant {TenantId}: the webhook did not take the warning {Warning} in three days ({Tries} tries: {Error}); it is given up")]
    private partial void LogGivenUp(string tenantId, string warning, int tries, string error);

    [LoggerMessage(3, LogLevel.Warning, "The outbox of warnings could not be read or written; tried again in a moment")]
    private partial void LogUnreadable(Exception error);
}
