using System.Data.Common;
using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tenants;

/// <summary>The table of one level: the statements of all databases, made from its columns, and how a row is read.</summary>
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

    private string WhereKey => string.Join(" AND ", Enumerable.Range(0, keys).Select(i => $"{identity[i]} = ${i + 1}"));

    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public int Width => _columns.Length;

    /// <summary>The columns that <see cref="Read(DbDataReader, int)"/> reads, of a table in a join or of the only one.</summary>
    public string Columns(string? of = null) => string.Join(", ", of is null ? _columns : _columns.Select(column => $"{of}.{column}"));

    /// <summary>Adds a row; it changes nothing where the primary key is taken.</summary>
    public Statement Insert(T row)
    {
        var values = Values(row);
        return new($"INSERT INTO {name} ({Columns()}) VALUES ({Parameters(1, values.Length)}) ON CONFLICT DO NOTHING", values);
    }

    /// <summary>Writes a row over its version before; it changes nothing where that is not the stored one.</summary>
    public Statement Update(T row)
    {
        var values = Values(row);
        var set = string.Join(", ", _columns.Skip(identity.Length).Select((column, i) => $"{column} = ${keys + i + 1}"));
        object?[] used = [.. values[..keys], .. values[identity.Length..], row.Version - 1];
        return new($"UPDATE {name} SET {set} WHERE {WhereKey} AND version = ${used.Length}", used);
    }

    /// <summary>The row with a primary key.</summary>
    public Statement Find(params object?[] key) => new($"SELECT {Columns()} FROM {name} WHERE {WhereKey}", key);

    /// <summary>A page of rows.</summary>
    public Statement List(PrincipalFilter filter)
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
        var where = conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
        return new($"SELECT {Columns()} FROM {name} WHERE {where} ORDER BY {Order} LIMIT ${values.Count}", [.. values]);

        void Where(string condition, string? value)
        {
            if (value is null)
                return;
            values.Add(value);
            conditions.Add($"{condition}${values.Count}");
        }
    }

    /// <summary>Reads a row whose columns begin at <paramref name="from"/>.</summary>
    public T Read(DbDataReader row, int from = 0)
    {
        var at = from + identity.Length;
        return Read(row, from, at, at + Common.Length) with
        {
            Limits = new RateLimits(Number(at + 1), Number(at + 2), Number(at + 3)),
            Disabled = row.GetInt64(at + 4) != 0,
            DeletedAt = StoredTime.Read(row, at + 5),
            Version = row.GetInt64(at + 6),
        };

        int? Number(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    }

    /// <summary>The values of the identity's columns.</summary>
    protected abstract object?[] Identity(T row);

    /// <summary>The values of the columns that only this level has.</summary>
    protected virtual object?[] State(T row) => [];

    /// <summary>Reads the identity's columns from <paramref name="from"/>, the name at <paramref name="nameAt"/>, and its own from <paramref name="stateFrom"/>.</summary>
    protected abstract T Read(DbDataReader row, int from, int nameAt, int stateFrom);

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"${i}"));

    private object?[] Values(T row) =>
    [
        .. Identity(row), row.Name, row.Limits.RequestsPerMinute, row.Limits.TokensPerMinute, row.Limits.ConcurrentRequests, row.Disabled ? 1 : 0,
        StoredTime.From(row.DeletedAt), row.Version, .. State(row),
    ];
}
