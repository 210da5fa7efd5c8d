using System.Data.Common;
using System.Text.Json;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Policies;

/// <summary>The tables of policies and their rollout: the statements of all databases, and how a row is read.</summary>
internal static class PolicyTables
{
    private const string Policy = "id, added_at, card, size";
    private const string Change = "version, at, action, who, reason, active, candidate, stage, share, previous, can_go_back";
    private static readonly string[] Sums =
    [
        "active_queries", "active_rejections", "active_dollars", "active_squared_dollars", "active_seconds",
        "canary_queries", "canary_rejections", "canary_dollars", "canary_squared_dollars", "canary_seconds", "shadow_decisions", "shadow_agreements",
        "active_heard", "active_heard_rejections", "canary_heard", "canary_heard_rejections",
    ];

    private static readonly string AddToSums = $"""
        INSERT INTO policy_tally (version, {string.Join(", ", Sums)}) VALUES ($1, {string.Join(", ", Sums.Select((_, i) => $"${i + 2}"))})
        ON CONFLICT (version) DO UPDATE SET {string.Join(", ", Sums.Select(sum => $"{sum} = policy_tally.{sum} + excluded.{sum}"))}
        """;

    public static Statement Insert(StoredPolicy policy, ReadOnlyMemory<byte> file) => new(
        $"INSERT INTO conductor_policy ({Policy}, file) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
        [policy.Id, StoredTime.From(policy.AddedAt), JsonSerializer.Serialize(policy.Card, ModelCardJson.Default.ModelCard), policy.Bytes, file.ToArray()]);

    public static Statement Find(string id) => new($"SELECT {Policy} FROM conductor_policy WHERE id = $1", [id]);

    public static Statement ReadFile(string id) => new("SELECT file FROM conductor_policy WHERE id = $1", [id]);

    public static Statement List(int limit) => new($"SELECT {Policy} FROM conductor_policy ORDER BY added_at DESC, id LIMIT $1", [(long)limit]);

    public static Statement Insert(RolloutChange change)
    {
        var state = change.State;
        return new(
            $"INSERT INTO policy_rollout ({Change}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (version) DO NOTHING",
            [
                state.Version, StoredTime.From(state.Since), change.Action, change.Who, change.Reason, state.Active, state.Candidate, (long)state.Stage, state.Share, state.Previous,
                state.CanGoBack ? 1L : 0L,
            ]);
    }

    public static Statement ListChanges(int limit) => new($"SELECT {Change} FROM policy_rollout ORDER BY version DESC LIMIT $1", [(long)limit]);

    public static Statement AddTally(long version, RolloutTally tally) => new(
        AddToSums,
        [
            version, .. Values(tally.Active), .. Values(tally.Canary), tally.ShadowDecisions, tally.ShadowAgreements,
            tally.Active.Heard, tally.Active.HeardRejections, tally.Canary.Heard, tally.Canary.HeardRejections,
        ]);

    public static Statement ReadTally(long version) => new($"SELECT {string.Join(", ", Sums)} FROM policy_tally WHERE version = $1", [version]);

    public static Statement Insert(AwaitingQuery query) => new(
        "INSERT INTO policy_awaiting (trajectory, version, is_canary, is_rejected, ended_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (trajectory) DO NOTHING",
        [query.TrajectoryId, query.Version, query.IsCanary ? 1L : 0L, query.IsRejected ? 1L : 0L, StoredTime.From(query.EndedAt)]);

    public static Statement ListAwaiting(DateTimeOffset endedBy, int limit) => new(
        "SELECT trajectory, version, is_canary, is_rejected, ended_at FROM policy_awaiting WHERE ended_at <= $1 ORDER BY ended_at, trajectory LIMIT $2",
        [StoredTime.From(endedBy), (long)limit]);

    public static Statement Remove(AwaitingQuery query) => new("DELETE FROM policy_awaiting WHERE trajectory = $1", [query.TrajectoryId]);

    /// <summary>Adds queries to the sums of their versions, one statement for each version.</summary>
    public static IEnumerable<Statement> AddHeard(IEnumerable<AwaitingQuery> queries) => queries
        .GroupBy(query => query.Version).OrderBy(version => version.Key)
        .Select(version => AddTally(version.Key, version.Aggregate(default(RolloutTally), (sum, query) => sum + query.Heard)));

    public static AwaitingQuery ReadAwaiting(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt64(2) != 0, row.GetInt64(3) != 0, StoredTime.Read(row, 4)!.Value);

    public static StoredPolicy ReadPolicy(DbDataReader row) => new(
        row.GetString(0), JsonSerializer.Deserialize(row.GetString(2), ModelCardJson.Default.ModelCard)!, row.GetInt64(3), StoredTime.Read(row, 1)!.Value);

    public static byte[] ReadBytes(DbDataReader row) => row.GetFieldValue<byte[]>(0);

    public static RolloutChange ReadChange(DbDataReader row) => new(
        new PolicyRollout
        {
            Version = row.GetInt64(0),
            Since = StoredTime.Read(row, 1),
            Active = Text(row, 5),
            Candidate = Text(row, 6),
            Stage = (RolloutStage)row.GetInt64(7),
            Share = row.GetDouble(8),
            Previous = Text(row, 9),
            CanGoBack = row.GetInt64(10) != 0,
        },
        row.GetString(2), row.GetString(3), Text(row, 4));

    public static RolloutTally ReadTally(DbDataReader row) => new(Arm(row, 0, 12), Arm(row, 5, 14), row.GetInt64(10), row.GetInt64(11));

    private static object?[] Values(ArmTally arm) => [arm.Queries, arm.Rejections, arm.Dollars, arm.SquaredDollars, arm.Seconds];

    private static ArmTally Arm(DbDataReader row, int from, int heard) =>
        new(row.GetInt64(from), row.GetInt64(from + 1), row.GetDouble(from + 2), row.GetDouble(from + 3), row.GetDouble(from + 4))
        {
            Heard = row.GetInt64(heard),
            HeardRejections = row.GetInt64(heard + 1),
        };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
