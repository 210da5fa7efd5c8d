using System.Data.Common;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Policies;

/// <summary>The table of scheduled trainings: the statements of all databases, and how a row is read.</summary>
internal static class TrainingTables
{
    public static Statement Begin(string host, DateTimeOffset now, TimeSpan lease, TimeSpan every) => new(
        """
        INSERT INTO training (id, host, lease_until, began_at, place_transaction, place_number) VALUES (1, $1, $2, $3, 0, 0)
        ON CONFLICT (id) DO UPDATE SET host = excluded.host, lease_until = excluded.lease_until, began_at = excluded.began_at
        WHERE training.lease_until <= excluded.began_at AND training.began_at <= $4
        """,
        [host, StoredTime.From(now + lease), StoredTime.From(now), StoredTime.From(now) - (long)every.TotalMilliseconds]);

    public static Statement End(string host, ChangePlace place) => new(
        "UPDATE training SET lease_until = 0, place_transaction = $2, place_number = $3 WHERE id = 1 AND host = $1", [host, place.Transaction, place.Number]);

    public static Statement ReadPlace() => new("SELECT place_transaction, place_number FROM training WHERE id = 1", []);

    public static ChangePlace ReadPlace(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1));
}
