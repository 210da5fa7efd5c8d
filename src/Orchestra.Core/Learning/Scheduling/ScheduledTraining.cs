using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>
/// Trains a policy from the host's outcomes now and then, on one thread that yields to all others, one host of a database at a time. A policy that is not better than the present one on outcomes
/// that neither has seen is thrown away; another one is added to the store and goes on as the settings say, but never takes the place of one that is on its way.
/// </summary>
/// <param name="parts">What it works with.</param>
/// <param name="options">When, and what then.</param>
/// <param name="policyFile">The file whose policy serves where none was promoted; null for none.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what comes of it.</param>
public sealed partial class ScheduledTraining(TrainingParts parts, TrainingScheduleOptions options, string? policyFile, TimeProvider time, ILogger<ScheduledTraining> logger) : BackgroundService
{
    /// <summary>Who adds its policies, for the audit log.</summary>
    public const string Who = "training";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Reading = TimeSpan.FromMinutes(10);

    private readonly string _host = parts.Ids.Next("host_");

    /// <summary>Trains where it is time; throws only where it is cancelled.</summary>
    public async Task<TrainingResult> PassAsync(CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var result = TrainingResult.Failed;
        try
        {
            if (!await parts.Log.TryBeginAsync(_host, time.GetUtcNow(), options.MaxTime + Reading, options.Every ?? TimeSpan.MaxValue, ct))
                return TrainingResult.NotDue;
            var from = await parts.Log.ReadPlaceAsync(ct);
            var to = from;
            try
            {
                (result, to) = await TrainAsync(from, ct);
            }
            finally
            {
                await parts.Log.EndAsync(_host, to, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            LogTooLong(options.MaxTime);
        }
        catch (Exception error)
        {
            LogFailed(error);
        }

        LearningInstruments.Trained(result.ToString().ToLowerInvariant(), time.GetElapsedTime(started));
        return result;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(LookEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await PassAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was asked to stop.
        }
    }

    private async Task<(TrainingResult Result, ChangePlace To)> TrainAsync(ChangePlace from, CancellationToken ct)
    {
        var rows = await TrainingRows.ReadAsync(parts.History, parts.Telling, from, time.GetUtcNow() - options.Window, options.MaxRows, options.MinOutcomes, ct);
        if (!rows.AreEnough(options.MinOutcomes))
        {
            LogTooFew(rows.New.Count, options.MinOutcomes);
            return (TrainingResult.TooFew, from);
        }

        var present = await PresentAsync(ct);
        var (train, held) = rows.Split();
        if (!IsOwn(parts.Embedder))
        {
            var vectors = await RowVectors.ReadAsync(train.With([.. train.Rows, .. held.Rows]), parts.Embedder, time, ct);
            (train, held) = (train.With(vectors), held.With(vectors));
        }

        LogBegins(train.Rows.Count, rows.New.Count, present?.Id ?? "none");
        using var limit = new CancellationTokenSource(options.MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var training = new ContinuedTraining(present, options.Epochs);
        var (policy, comparison) = await LowPriorityThread.RunAsync("training", () => training.Run(train, held, time.GetUtcNow(), either.Token));
        ct.ThrowIfCancellationRequested();
        if (comparison is { IsBetter: false })
        {
            LogNotBetter(comparison.Rows, comparison.Gain, comparison.Error, comparison.Reward);
            return (TrainingResult.NotBetter, rows.Place);
        }

        return (await OfferAsync(policy, comparison, ct), rows.Place);
    }

    private async Task<TrainingResult> OfferAsync(Policy policy, PolicyComparison? comparison, CancellationToken ct)
    {
        await parts.Registry.AddAsync(policy.ToBytes(), Who, ct);
        var then = (await parts.Policies.ReadRolloutAsync(ct)).Candidate is null ? options.Then : TrainingScheduleOptions.ThenNone;
        var result = TrainingResult.Kept;
        if (then == TrainingScheduleOptions.ThenCanary && comparison is not null)
        {
            await parts.Registry.CanaryAsync(policy.Id, options.Share, Who, ct);
            result = TrainingResult.Canary;
        }
        else if (then != TrainingScheduleOptions.ThenNone)
        {
            // One that could be compared with nothing may decide, but not serve.
            await parts.Registry.ShadowAsync(policy.Id, Who, ct);
            result = TrainingResult.Shadow;
        }

        LogAdded(policy.Id, policy.Card.Name ?? string.Empty, comparison?.Gain ?? 0, result);
        return result;
    }

    private async Task<Policy?> PresentAsync(CancellationToken ct)
    {
        var active = (await parts.Policies.ReadRolloutAsync(ct)).Active;
        Policy? present = null;
        if (active is not null && await parts.Policies.ReadAsync(active, ct) is { } bytes)
            present = Policy.Parse(bytes);
        else if (policyFile is not null)
            present = await Policy.ReadAsync(policyFile, ct);
        return present?.Embedder == parts.Embedder.Id ? present : null;
    }

    private static bool IsOwn(IEmbedder embedder) => embedder.Id == HashedEmbedder.IdOf(HashedEmbedder.DefaultDimensions);

    [LoggerMessage(1, LogLevel.Information, "Training a policy from {Rows} outcomes, {New} of them new, going on from {Present}")]
    private partial void LogBegins(int rows, int @new, string present);

    [LoggerMessage(2, LogLevel.Information, "There are {New} new outcomes, fewer than {Least}: no policy is trained")]
    private partial void LogTooFew(int @new, int least);

    [LoggerMessage(3, LogLevel.Information, "The policy that was trained is no better on {Rows} rows that it has not seen and is thrown away: log-likelihood {Gain:0.0000} ± {Error:0.0000}, reward {Reward:0.0000}")]
    private partial void LogNotBetter(int rows, double gain, double error, double reward);

    [LoggerMessage(4, LogLevel.Information, "The policy {Policy} ({Name}) is trained and added; log-likelihood {Gain:0.0000} above the present one's. What becomes of it: {Result}")]
    private partial void LogAdded(string policy, string name, double gain, TrainingResult result);

    [LoggerMessage(5, LogLevel.Warning, "The training took longer than {MaxTime} and is given up; allow it more time or fewer rows (Orchestra:Learning:Training)")]
    private partial void LogTooLong(TimeSpan maxTime);

    [LoggerMessage(6, LogLevel.Warning, "The training failed; it is tried again when it is time")]
    private partial void LogFailed(Exception error);
}
