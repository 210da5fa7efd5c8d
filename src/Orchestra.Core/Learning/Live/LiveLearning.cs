using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Live;

/// <summary>
/// Reads the log of what became known of trajectories, every two seconds from where it was, so that the policies of this host learn from the outcomes of all hosts of its database. What fails is
/// logged and tried again; decisions go on meanwhile.
/// </summary>
/// <param name="history">The trajectories and what became known of them.</param>
/// <param name="outcomes">Takes the outcomes in.</param>
/// <param name="telling">Which of them count.</param>
/// <param name="embedder">Makes vectors of queries.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what fails.</param>
public sealed partial class LiveLearning(
    ITrajectoryHistory history, LiveOutcomes outcomes, TellingOutcomes telling, IEmbedder embedder, TimeProvider time, ILogger<LiveLearning> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private const int PageSize = 256;
    private const int PagesOfPass = 8;

    /// <summary>Changes from before the start that are read; most trajectories have no outcome.</summary>
    private const int Past = 16 * LiveOutcomes.Most;

    private const int AttemptsOfVector = 3;

    private ChangePlace? _place;
    private int _failures;

    /// <summary>One look at what is new, in bounded steps; whether there is nothing more. Throws only where it is cancelled.</summary>
    public async Task<bool> PassAsync(CancellationToken ct)
    {
        try
        {
            _place ??= await history.FindPlaceAsync(Past, ct);
            for (var page = 0; page < PagesOfPass; page++)
            {
                if (await ReadPageAsync(ct))
                    return true;
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(error);
        }

        return false;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            do
                await PassAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was asked to stop.
        }
    }

    private async Task<bool> ReadPageAsync(CancellationToken ct)
    {
        var page = await history.ReadChangesAsync(_place!.Value, PageSize, ct);
        var learned = new List<LiveOutcome>();
        var gone = new List<string>();
        foreach (var trajectory in page.Trajectories)
        {
            if (telling.Of(trajectory) is { } row)
                learned.AddRange(await EmbedAsync(row, ct));
            else
                gone.Add(trajectory.Id);
        }

        outcomes.Take(learned, gone);
        LearningInstruments.Learned(learned.Count);
        _failures = 0;
        _place = page.Place;
        return page.IsLast;
    }

    /// <summary>The outcome with its vector; none after an endpoint failed a few times with the page, so that one text cannot hold all others up.</summary>
    private async Task<IEnumerable<LiveOutcome>> EmbedAsync(Outcomes.OutcomeRow row, CancellationToken ct)
    {
        var vector = new float[embedder.Dimensions];
        try
        {
            await embedder.EmbedAsync(row.Prompt, vector, ct);
        }
        catch (OrchestraException error)
        {
            if (++_failures <= AttemptsOfVector)
                throw;
            LogLeftOut(error, row.Id);
            return [];
        }

        return [new LiveOutcome(row.Id, row.Prompt, vector, [.. row.Outcomes.Select(outcome => KeyValuePair.Create(outcome.Key, outcome.Value.Score))])];
    }

    [LoggerMessage(1, LogLevel.Warning, "New outcomes cannot be read; what is known stays, and it is tried again in two seconds")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(2, LogLevel.Warning, "The outcome of trajectory {Trajectory} is left out, since its query has no vector")]
    private partial void LogLeftOut(Exception error, string trajectory);
}
