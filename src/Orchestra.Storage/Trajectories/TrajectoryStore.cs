using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Trajectories;

/// <summary>Trajectories in a database, written in batches behind the queries' backs and deleted when they are old.</summary>
internal sealed partial class TrajectoryStore : ITrajectoryStore, IAsyncDisposable
{
    private const int MaxQueued = 2_048;
    private const int MaxBatch = 256;
    private const int PurgedAtOnce = 500;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly Channel<Trajectory?> _queue = Channel.CreateBounded<Trajectory?>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly ConcurrentDictionary<string, Trajectory> _queued = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Trajectory> _batch = [];
    private readonly ITrajectoryTable _table;
    private readonly TrajectoryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _purges;
    private readonly Task _running;
    private volatile bool _purgeDue = true;

    /// <summary>Opens the trajectories of a table, which goes with the store.</summary>
    public TrajectoryStore(ITrajectoryTable table, TrajectoryOptions options, TimeProvider time, ILogger<TrajectoryStore> logger)
    {
        _table = table;
        _options = options;
        _time = time;
        _logger = logger;
        _running = Task.Run(RunAsync);
        _purges = time.CreateTimer(_ => StartPurge(), null, TimeSpan.Zero, PurgeEvery);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(Trajectory trajectory)
    {
        _queued[trajectory.Id] = trajectory;
        return _queue.Writer.TryWrite(trajectory) ? ValueTask.CompletedTask : WaitAsync(trajectory);
    }

    /// <inheritdoc/>
    public async Task<Trajectory?> FindAsync(string id, CancellationToken ct)
    {
        if (_queued.TryGetValue(id, out var queued))
            return queued;
        return await _table.FindAsync(id, ct) is { } body ? JsonSerializer.Deserialize(body, TrajectoryJson.Default.Trajectory) : null;
    }

    /// <summary>Takes no further trajectories, writes those that are queued, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        await _purges.DisposeAsync();
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        await _table.DisposeAsync();
    }

    private async ValueTask WaitAsync(Trajectory trajectory)
    {
        try
        {
            await _queue.Writer.WriteAsync(trajectory);
        }
        catch (ChannelClosedException)
        {
            _queued.TryRemove(trajectory.Id, out _);
            LogLate(trajectory.Id);
        }
    }

    private void StartPurge()
    {
        _purgeDue = true;
        // A full queue wakes the loop as well.
        _queue.Writer.TryWrite(null);
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            await GatherAsync();
            await WriteAsync();
            await PurgeAsync();
        }
    }

    /// <summary>Waits a moment for more, since a hundred rows in one transaction cost little more than one.</summary>
    private async Task GatherAsync()
    {
        _batch.Clear();
        Take();
        if (_batch.Count is 0 or >= MaxBatch || _stopping.IsCancellationRequested)
            return;
        await Task.Delay(Gathering, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Take();
    }

    private void Take()
    {
        while (_batch.Count < MaxBatch && _queue.Reader.TryRead(out var trajectory))
        {
            if (trajectory is not null)
                _batch.Add(trajectory);
        }
    }

    private async Task WriteAsync()
    {
        if (_batch.Count == 0)
            return;
        try
        {
            await _table.InsertAsync(_batch.ConvertAll(Row), CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or JsonException or NotSupportedException)
        {
            // Not money: better a gap than a queue that grows while the disk is full.
            LogLost(_batch.Count, error);
        }

        foreach (var trajectory in _batch)
            _queued.TryRemove(trajectory.Id, out _);
    }

    /// <summary>Deletes a few of the old ones, so that writes wait little; the rest is left to the next pass.</summary>
    private async Task PurgeAsync()
    {
        if (!_purgeDue || _stopping.IsCancellationRequested)
            return;
        try
        {
            _purgeDue = await _table.DeleteAsync(_time.GetUtcNow() - _options.Retention, PurgedAtOnce, CancellationToken.None) == PurgedAtOnce;
        }
        catch (DbException error)
        {
            _purgeDue = false;
            LogPurgeFailed(error);
        }

        if (_purgeDue)
            _queue.Writer.TryWrite(null);
    }

    private static TrajectoryRow Row(Trajectory trajectory) =>
        new(trajectory.Id, trajectory.TenantId, trajectory.StartedAt, JsonSerializer.SerializeToUtf8Bytes(trajectory, TrajectoryJson.Default.Trajectory));

    [LoggerMessage(1, LogLevel.Error, "{Count} trajectories could not be written and are lost")]
    private partial void LogLost(int count, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Trajectory {Id} came after the stop and is lost")]
    private partial void LogLate(string id);

    [LoggerMessage(3, LogLevel.Warning, "Old trajectories could not be deleted; tried again in an hour")]
    private partial void LogPurgeFailed(Exception error);
}
