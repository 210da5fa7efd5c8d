using Microsoft.Data.Sqlite;
using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Sqlite.Tenants;

/// <summary>The table of one level: its statements, made once from its columns, and how a row is bound and read.</summary>
/// <param name="name">The table.</param>
/// <param name="identity">The columns that never change, the primary key first.</param>
/// <param name="keys">How many of <paramref name="identity"/> are the primary key.</param>
/// <param name="state">The columns that only this level has and that change.</param>
internal abstract class PrincipalTable<T>(string name, string[] identity, int keys, string[] state)
    where T : Principal
{
    private static readonly string[] Common = ["name", "requests_per_minute", "tokens_per_minute", "concurrent_requests", "disabled", "deleted_at", "version"];
    private readonly string[] _columns = [.. identity, .. Common, .. state];

    /// <summary>The column of the tenant that a row is or belongs to.</summary>
    protected abstract string TenantColumn { get; }

    /// <summary>The condition under which a row, and everybody above it, lives.</summary>
    protected abstract string Lives { get; }

    /// <summary>The columns by which lists are ordered.</summary>
    protected string Order => string.Join(", ", identity[..keys]);

    private int StateFrom => identity.Length + Common.Length;

    /// <summary>Adds a row; false where the primary key is taken.</summary>
    public bool Insert(SqliteConnection connection, T row)
    {
        var values = Values(row);
        using var insert = connection.Statement(
            $"INSERT INTO {name} ({string.Join(", ", _columns)}) VALUES ({Parameters(1, values.Length)}) ON CONFLICT DO NOTHING", values.Length);
        return insert.Bind(values).ExecuteNonQuery() == 1;
    }

    /// <summary>Writes a row over its version before; false where that is not the stored one.</summary>
    public bool Update(SqliteConnection connection, T row)
    {
        var values = Values(row);
        var set = string.Join(", ", Enumerable.Range(identity.Length, _columns.Length - identity.Length).Select(i => $"{_columns[i]} = ${i + 1}"));
        var where = string.Join(" AND ", Enumerable.Range(0, keys).Select(i => $"{identity[i]} = ${i + 1}"));
        using var update = connection.Statement($"UPDATE {name} SET {set} WHERE {where} AND version = ${values.Length + 1}", values.Length + 1);
        return update.Bind([.. values, row.Version - 1]).ExecuteNonQuery() == 1;
    }

    /// <summary>The row with this primary key, or null.</summary>
    public T? Find(SqliteConnection connection, params ReadOnlySpan<object?> key)
    {
        var where = string.Join(" AND ", Enumerable.Range(0, keys).Select(i => $"{identity[i]} = ${i + 1}"));
        using var select = connection.Statement($"SELECT {string.Join(", ", _columns)} FROM {name} WHERE {where}", keys);
        using var rows = select.Bind(key).ExecuteReader();
        return rows.Read() ? Read(rows) : null;
    }

    /// <summary>A page of rows.</summary>
    public IReadOnlyList<T> List(SqliteConnection connection, PrincipalFilter filter)
    {
        var conditions = new List<string>();
        var values = new List<object?>();
        if (!filter.IncludeDeleted)
            conditions.Add(Lives);
        Where($"{TenantColumn} = ", filter.Tenant);
        Where("team = ", filter.Team);
        Where("tenant_user = ", filter.User);
        if (filter.After is { } after)
        {
            conditions.Add($"({Order}) > ({Parameters(values.Count + 1, keys)})");
            values.AddRange(keys == 1 ? [after.Id] : new object?[] { after.Tenant, after.Id });
        }

        values.Add(filter.Limit);
        var where = conditions.Count == 0 ? "1" : string.Join(" AND ", conditions);
        using var select = connection.Statement($"SELECT {string.Join(", ", _columns)} FROM {name} WHERE {where} ORDER BY {Order} LIMIT ${values.Count}", values.Count);
        using var rows = select.Bind([.. values]).ExecuteReader();
        var page = new List<T>();
        while (rows.Read())
            page.Add(Read(rows));
        return page;

        void Where(string condition, string? value)
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{condition}${values.Count}");
        }
    }

    /// <summary>The values of the identity's columns.</summary>
    protected abstract object?[] Identity(T row);

    /// <summary>The values of the columns that only this level has.</summary>
    protected virtual object?[] State(T row) => [];

    /// <summary>Reads the identity's columns from 0, the name from <paramref name="nameAt"/>, and its own from <paramref name="stateFrom"/>.</summary>
    protected abstract T Read(SqliteDataReader row, int nameAt, int stateFrom);

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"${i}"));

    private object?[] Values(T row) =>
    [
        .. Identity(row), row.Name, row.Limits.RequestsPerMinute, row.Limits.TokensPerMinute, row.Limits.ConcurrentRequests, row.Disabled ? 1 : 0,
        SqliteTime.From(row.DeletedAt), row.Version, .. State(row),
    ];

    private T Read(SqliteDataReader row)
    {
        var at = identity.Length;
        return Read(row, at, StateFrom) with
        {
            Limits = new RateLimits(Number(at + 1), Number(at + 2), Number(at + 3)),
            Disabled = row.GetInt64(at + 4) != 0,
            DeletedAt = SqliteTime.Read(row, at + 5),
            Version = row.GetInt64(at + 6),
        };

        int? Number(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    }
}
