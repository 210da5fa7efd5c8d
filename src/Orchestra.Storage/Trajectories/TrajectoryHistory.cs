using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Trajectories;

/// <summary>Feedback and shadow answers in a database, and whole trajectories read page by page.</summary>
internal sealed partial class TrajectoryHistory(IHistoryTable table, ILogger<TrajectoryHistory> logger) : ITrajectoryHistory, IAsyncDisposable
{
    /// <summary>Trajectories of a page: some 50 MB of them where each is as long as it can be.</summary>
    private const int PageSize = 256;

    /// <inheritdoc/>
    public Task AddAsync(Trajectory trajectory, Feedback feedback, CancellationToken ct) =>
        table.PutFeedbackAsync(trajectory.StartedAt, feedback, JsonSerializer.SerializeToUtf8Bytes(feedback, TrajectoryJson.Default.Feedback), ct);

    /// <inheritdoc/>
    public Task AddAsync(DateTimeOffset startedAt, ShadowAnswer answer, CancellationToken ct) =>
        table.AddShadowAsync(startedAt, answer, JsonSerializer.SerializeToUtf8Bytes(answer, TrajectoryJson.Default.ShadowAnswer), ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Feedback>>> ReadFeedbackAsync(IReadOnlyCollection<string> trajectoryIds, CancellationToken ct)
    {
        var rows = trajectoryIds.Distinct(StringComparer.Ordinal).Select(id => new HistoryRow(new HistoryPlace(default, id), null)).ToList();
        await table.FillAsync(rows, ct);
        return rows.ToDictionary(row => row.Place.Id, IReadOnlyList<Feedback> (row) => row.Feedback.ConvertAll(body => Read(body, TrajectoryJson.Default.Feedback)), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<Trajectory> CompleteAsync(Trajectory trajectory, CancellationToken ct)
    {
        var row = new HistoryRow(new HistoryPlace(trajectory.StartedAt, trajectory.Id), null);
        await table.FillAsync([row], ct);
        return Complete(trajectory, row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Trajectory> ReadAsync(TrajectoryFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        HistoryPlace? place = null;
        while (true)
        {
            var page = await table.ReadAsync(filter, place, PageSize, ct);
            var wanted = page.Where(row => row.Body is not null).ToList();
            await table.FillAsync(wanted, ct);
            foreach (var row in wanted)
            {
                if (TryRead(row) is { } trajectory)
                    yield return trajectory;
            }

            if (page.Count < PageSize)
                break;
            place = page[^1].Place;
        }
    }

    /// <inheritdoc/>
    public async Task<ChangePage> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, PageSize);
        var changes = await table.ReadChangesAsync(after, max, ct);
        var rows = changes.Select(change => change.Row).Where(row => row.Body is not null).ToList();
        await table.FillAsync(rows, ct);
        return new ChangePage([.. rows.Select(TryRead).OfType<Trajectory>()], changes.Count == 0 ? after : changes[^1].Place, changes.Count < max);
    }

    /// <inheritdoc/>
    public Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct) => table.FindPlaceAsync(last, ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => table.DisposeAsync();

    private Trajectory? TryRead(HistoryRow row)
    {
        try
        {
            return Complete(Read(row.Body!, TrajectoryJson.Default.Trajectory), row);
        }
        catch (JsonException)
        {
            // Its text may hold a prompt, and so does the parser's message.
            LogUnreadable(row.Place.Id);
            return null;
        }
    }

    private static Trajectory Complete(Trajectory trajectory, HistoryRow row) => trajectory with
    {
        Feedback = row.Feedback.ConvertAll(body => Read(body, TrajectoryJson.Default.Feedback)),
        Shadows = row.Shadows.ConvertAll(body => Read(body, TrajectoryJson.Default.ShadowAnswer)),
    };

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type) ?? throw new JsonException("A stored row is null.");

    [LoggerMessage(1, LogLevel.Warning, "Trajectory {Id} cannot be read and is left out")]
    private partial void LogUnreadable(string id);
}
