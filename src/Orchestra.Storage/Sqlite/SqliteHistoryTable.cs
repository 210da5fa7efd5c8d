using Microsoft.Data.Sqlite;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Sqlite;

/// <summary>What became known of trajectories later, in SQLite: one connection that writes, another that reads.</summary>
internal sealed class SqliteHistoryTable : IHistoryTable
{
    private readonly LockedConnection _reading;
    private readonly LockedConnection _writing;

    /// <summary>Opens the tables of a database with <see cref="SqliteSchema.Trajectories"/>.</summary>
    public SqliteHistoryTable(SqliteDatabase database)
    {
        _reading = new LockedConnection(database.Connect());
        _writing = new LockedConnection(database.Connect());
    }

    /// <inheritdoc/>
    public Task PutFeedbackAsync(DateTimeOffset startedAt, Feedback feedback, byte[] body, CancellationToken ct) => _writing.UseAsync(
        connection =>
        {
            using var insert = connection.Statement(
                "INSERT INTO feedback (trajectory, key_id, started_at, given_at, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET given_at = excluded.given_at, body = excluded.body", 5);
            return insert.Bind(feedback.TrajectoryId, feedback.KeyId, Milliseconds(startedAt), Milliseconds(feedback.GivenAt), body).ExecuteNonQuery();
        },
        ct);

    /// <inheritdoc/>
    public Task AddShadowAsync(DateTimeOffset startedAt, ShadowAnswer answer, byte[] body, CancellationToken ct) => _writing.UseAsync(
        connection =>
        {
            using var insert = connection.Statement("INSERT INTO shadow (trajectory, expert, started_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);
            return insert.Bind(answer.TrajectoryId, answer.Expert, Milliseconds(startedAt), body).ExecuteNonQuery();
        },
        ct);

    /// <inheritdoc/>
    public Task FillAsync(IReadOnlyList<HistoryRow> rows, CancellationToken ct) => _reading.UseAsync(
        connection =>
        {
            using var feedback = connection.Statement("SELECT body FROM feedback WHERE trajectory = $1 ORDER BY given_at, key_id", 1);
            using var shadows = connection.Statement("SELECT body FROM shadow WHERE trajectory = $1 ORDER BY expert", 1);
            foreach (var row in rows)
            {
                Fill(row.Feedback, feedback.Bind(row.Place.Id));
                Fill(row.Shadows, shadows.Bind(row.Place.Id));
            }

            return rows.Count;
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryRow>> ReadAsync(TrajectoryFilter filter, HistoryPlace? after, int max, CancellationToken ct) => _reading.UseAsync<IReadOnlyList<HistoryRow>>(
        connection =>
        {
            using var select = connection.Statement(
                "SELECT started_at, id, CASE WHEN $1 IS NULL OR tenant = $1 THEN body END FROM trajectory WHERE (started_at, id) > ($2, $3) AND started_at < $4 ORDER BY started_at, id LIMIT $5", 5);
            var first = after is { } place ? Milliseconds(place.StartedAt) : filter.Since is { } since ? FirstMillisecond(since) : long.MinValue;
            using var rows = select.Bind(filter.TenantId, first, after?.Id ?? string.Empty, filter.Until is { } until ? FirstMillisecond(until) : long.MaxValue, max).ExecuteReader();
            var found = new List<HistoryRow>();
            while (rows.Read())
                found.Add(new HistoryRow(new HistoryPlace(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)), rows.GetString(1)), rows.IsDBNull(2) ? null : rows.GetFieldValue<byte[]>(2)));
            return found;
        },
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeRow>> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct) => _reading.UseAsync<IReadOnlyList<ChangeRow>>(
        connection =>
        {
            using var select = connection.Statement(
                "SELECT change.number, change.trajectory, started_at, body FROM change LEFT JOIN trajectory ON id = change.trajectory WHERE number > $1 ORDER BY number LIMIT $2", 2);
            using var rows = select.Bind(after.Number, max).ExecuteReader();
            var found = new List<ChangeRow>();
            while (rows.Read())
            {
                var isWritten = !rows.IsDBNull(3);
                var place = new HistoryPlace(isWritten ? DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)) : default, rows.GetString(1));
                found.Add(new ChangeRow(new ChangePlace(0, rows.GetInt64(0)), new HistoryRow(place, isWritten ? rows.GetFieldValue<byte[]>(3) : null)));
            }

            return found;
        },
        ct);

    /// <inheritdoc/>
    public Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct) => _reading.UseAsync(
        connection =>
        {
            using var select = connection.Statement("SELECT number FROM change ORDER BY number DESC LIMIT 1 OFFSET $1", 1);
            return select.Bind(last).ExecuteScalar() is long number ? new ChangePlace(0, number) : ChangePlace.Start;
        },
        ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _reading.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Fill(List<byte[]> bodies, SqliteCommand select)
    {
        using var rows = select.ExecuteReader();
        while (rows.Read())
            bodies.Add(rows.GetFieldValue<byte[]>(0));
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>The first whole millisecond at or after a time: what is stored is cut to whole ones.</summary>
    private static long FirstMillisecond(DateTimeOffset time) => time.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();
}
