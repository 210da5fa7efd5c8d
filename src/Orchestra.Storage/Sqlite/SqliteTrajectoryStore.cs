using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Sqlite;

/// <summary>Trajectories in SQLite, written in batches behind the queries' backs and deleted when they are old.</summary>
public sealed partial class SqliteTrajectoryStore : ITrajectoryStore, IAsyncDisposable
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
    private readonly LockedConnection _reading;
    private readonly SqliteConnection _writing;
    private readonly TrajectoryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _purges;
    private readonly Task _running;
    private volatile bool _purgeDue = true;

    /// <summary>Opens the trajectories of a database with <see cref="SqliteSchema.Trajectories"/>.</summary>
    public SqliteTrajectoryStore(SqliteDatabase database, TrajectoryOptions options, TimeProvider time, ILogger<SqliteTrajectoryStore> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _reading = new LockedConnection(database.Connect());
        _writing = database.Connect();
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
        var body = await _reading.UseAsync(
            connection =>
            {
                using var select = connection.Statement("SELECT body FROM trajectory WHERE id = $1", 1);
                return select.Bind(id).ExecuteScalar() as byte[];
            },
            ct);
        return body is null ? null : JsonSerializer.Deserialize(body, TrajectoryJson.Default.Trajectory);
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
        _reading.Dispose();
        await _writing.DisposeAsync();
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
        using var insert = _writing.Statement("INSERT INTO trajectory (id, tenant, started_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);
        using var purge = _writing.Statement("DELETE FROM trajectory WHERE rowid IN (SELECT rowid FROM trajectory WHERE started_at < $1 LIMIT $2)", 2);
        while (await _queue.Reader.WaitToReadAsync())
        {
            await GatherAsync();
            Write(insert);
            Purge(purge);
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

    private void Write(SqliteCommand insert)
    {
        if (_batch.Count == 0)
            return;
        try
        {
            using var transaction = _writing.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            foreach (var trajectory in _batch)
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(trajectory, TrajectoryJson.Default.Trajectory);
                insert.Bind(trajectory.Id, trajectory.TenantId, trajectory.StartedAt.ToUnixTimeMilliseconds(), body).ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (Exception error) when (error is SqliteException or JsonException or NotSupportedException)
        {
            // Not money: better a gap than a queue that grows while the disk is full.
            LogLost(_batch.Count, error);
        }

        foreach (var trajectory in _batch)
            _queued.TryRemove(trajectory.Id, out _);
    }

    /// <summary>Deletes a few of the old ones, so that writes wait little; the rest is left to the next pass.</summary>
    private void Purge(SqliteCommand purge)
    {
        if (!_purgeDue || _stopping.IsCancellationRequested)
            return;
        try
        {
            var oldest = (_time.GetUtcNow() - _options.Retention).ToUnixTimeMilliseconds();
            _purgeDue = purge.Bind(oldest, PurgedAtOnce).ExecuteNonQuery() == PurgedAtOnce;
        }
        catch (SqliteException error)
        {
            _purgeDue = false;
            LogPurgeFailed(error);
        }

        if (_purgeDue)
            _queue.Writer.TryWrite(null);
    }

    [LoggerMessage(1, LogLevel.Error, "{Count} trajectories could not be written and are lost")]
    private partial void LogLost(int count, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "Trajectory {Id} came after the stop and is lost")]
    private partial void LogLate(string id);

    [LoggerMessage(3, LogLevel.Warning, "Old trajectories could not be deleted; tried again in an hour")]
    private partial void LogPurgeFailed(Exception error);
}
