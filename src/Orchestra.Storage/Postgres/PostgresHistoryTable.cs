using System.Data.Common;
using System.Globalization;
using Npgsql;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Postgres;

/// <summary>What became known of trajectories later, in PostgreSQL.</summary>
internal sealed class PostgresHistoryTable(PostgresDatabase database) : IHistoryTable
{
    /// <inheritdoc/>
    public Task PutFeedbackAsync(DateTimeOffset startedAt, Feedback feedback, byte[] body, CancellationToken ct) => database.RunAsync(
        """
        INSERT INTO orchestra.feedback (trajectory, key_id, started_at, given_at, body) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (trajectory, key_id) DO UPDATE SET given_at = excluded.given_at, body = excluded.body
        """,
        ct, PostgresParameter.Value(feedback.TrajectoryId), PostgresParameter.Value(feedback.KeyId), Time(startedAt), Time(feedback.GivenAt), PostgresParameter.Value(body));

    /// <inheritdoc/>
    public Task AddShadowAsync(DateTimeOffset startedAt, ShadowAnswer answer, byte[] body, CancellationToken ct) => database.RunAsync(
        "INSERT INTO orchestra.shadow (trajectory, expert, started_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        ct, PostgresParameter.Value(answer.TrajectoryId), PostgresParameter.Value(answer.Expert), Time(startedAt), PostgresParameter.Value(body));

    /// <inheritdoc/>
    public async Task FillAsync(IReadOnlyList<HistoryRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var byId = rows.ToDictionary(row => row.Place.Id, StringComparer.Ordinal);
        foreach (var (id, body) in await BodiesAsync("SELECT trajectory, body FROM orchestra.feedback WHERE trajectory = ANY($1) ORDER BY given_at, key_id", rows, ct))
            byId[id].Feedback.Add(body);
        foreach (var (id, body) in await BodiesAsync("SELECT trajectory, body FROM orchestra.shadow WHERE trajectory = ANY($1) ORDER BY expert COLLATE \"C\"", rows, ct))
            byId[id].Shadows.Add(body);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryRow>> ReadAsync(TrajectoryFilter filter, HistoryPlace? after, int max, CancellationToken ct)
    {
        // The driver sends the first and the last time that there are as -infinity and infinity.
        List<NpgsqlParameter> values =
        [
            PostgresParameter.Value((after?.StartedAt ?? filter.Since)?.UtcDateTime ?? First), PostgresParameter.Value(after?.Id ?? string.Empty),
            PostgresParameter.Value(filter.Until?.UtcDateTime ?? Last), PostgresParameter.Value(max),
        ];
        if (filter.TenantId is not null)
            values.Add(PostgresParameter.Value(filter.TenantId));
        return database.QueryAsync(filter.TenantId is null ? Page("body") : Page("CASE WHEN tenant = $5 THEN body END"), ReadRow, ct, [.. values]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeRow>> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct) => database.QueryAsync(
        // Transactions commit in another order than they begin; below the oldest one that is open nothing is to come any more.
        """
        SELECT change.transaction::text, change.number, change.trajectory, started_at, body
        FROM orchestra.change LEFT JOIN orchestra.trajectory ON id = change.trajectory
        WHERE (change.transaction, change.number) > ($1::text::xid8, $2) AND change.transaction < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY change.transaction, change.number LIMIT $3
        """,
        ReadChange, ct, PostgresParameter.Value(after.Transaction.ToString(CultureInfo.InvariantCulture)), PostgresParameter.Value(after.Number), PostgresParameter.Value(max));

    /// <inheritdoc/>
    public async Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct)
    {
        const string Query = "SELECT transaction::text, number FROM orchestra.change ORDER BY transaction DESC, number DESC LIMIT 1 OFFSET $1";
        var found = await database.QueryAsync(Query, ReadPlace, ct, PostgresParameter.Value(last));
        return found.Count > 0 ? found[0] : ChangePlace.Start;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static readonly DateTime First = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private static readonly DateTime Last = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    private Task<IReadOnlyList<(string Id, byte[] Body)>> BodiesAsync(string query, IReadOnlyList<HistoryRow> rows, CancellationToken ct) =>
        database.QueryAsync(query, row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), ct, PostgresParameter.Array(rows, row => row.Place.Id));

    private static string Page(string body) =>
        $"SELECT started_at, id, {body} FROM orchestra.trajectory WHERE (started_at, id) > ($1, $2) AND started_at < $3 ORDER BY started_at, id LIMIT $4";

    private static ChangePlace ReadPlace(DbDataReader row) => new(long.Parse(row.GetString(0), CultureInfo.InvariantCulture), row.GetInt64(1));

    private static ChangeRow ReadChange(DbDataReader row) => new(
        ReadPlace(row),
        row.IsDBNull(4)
            ? new HistoryRow(new HistoryPlace(default, row.GetString(2)), null)
            : new HistoryRow(new HistoryPlace(new DateTimeOffset(row.GetDateTime(3), TimeSpan.Zero), row.GetString(2)), row.GetFieldValue<byte[]>(4)));

    private static HistoryRow ReadRow(DbDataReader row) =>
        new(new HistoryPlace(new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero), row.GetString(1)), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2));

    private static NpgsqlParameter Time(DateTimeOffset time) => PostgresParameter.Value(time.UtcDateTime);
}
