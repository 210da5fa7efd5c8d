using Npgsql;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Postgres;

/// <summary>Entries as the arrays that <c>ledger_append</c> takes: a column of values crosses the wire and the server faster than rows do.</summary>
internal sealed class PostgresLedgerBatch
{
    private readonly Dictionary<string, int> _index = [];
    private readonly List<string> _tenants = [];
    private readonly List<long> _befores = [];
    private readonly List<long> _afters = [];
    private readonly IReadOnlyList<LedgerEntry> _entries;

    /// <summary>Sorts the entries by tenant; throws where a tenant's entries do not follow on each other.</summary>
    public PostgresLedgerBatch(IReadOnlyList<LedgerEntry> entries)
    {
        _entries = entries;
        for (var i = 0; i < entries.Count; i++)
            Add(entries[i].TenantId, entries[i].Version);
    }

    /// <summary>The arguments in the order of the function's parameters.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(PostgresParameter.Value(_tenants));
        parameters.Add(PostgresParameter.Value(_befores));
        parameters.Add(PostgresParameter.Value(_afters));
        Column(parameters, entry => entry.TenantId);
        Column(parameters, entry => entry.Version);
        parameters.Add(PostgresParameter.Times(_entries, entry => PostgresTime.Write(entry.At)));
        Column(parameters, entry => (short)entry.Kind);
        Column(parameters, entry => entry.OperationId);
        Column(parameters, entry => entry.ReservationId == entry.OperationId ? null : Text(entry.ReservationId));
        Column(parameters, entry => entry.Amount.Nanos);
        parameters.Add(PostgresParameter.Times(_entries, entry => entry.Until is { } until ? PostgresTime.Write(until) : null));
        Column(parameters, entry => Text(entry.Payer?.TeamId));
        Column(parameters, entry => Text(entry.Payer?.UserId));
        Column(parameters, entry => entry.Payer?.KeyId);
        Column(parameters, entry => Text(entry.Expert));
        Column(parameters, entry => Text(entry.TrajectoryId));
        Column(parameters, entry => entry.IsAboutBudget ? (short)entry.Scope.Level : (short?)null);
        Column(parameters, entry => entry.IsAboutBudget ? Text(entry.Scope.Id) : null);
        Column(parameters, entry => entry.IsAboutBudget ? (short)entry.Window.Code : (short?)null);
        Column(parameters, entry => Text(entry.Detail));
    }

    private void Add(string tenant, long version)
    {
        if (_index.TryAdd(tenant, _tenants.Count))
        {
            _tenants.Add(tenant);
            _befores.Add(version - 1);
            _afters.Add(version);
            return;
        }

        var index = _index[tenant];
        if (version != ++_afters[index])
            throw new ArgumentException($"Entry {version} of tenant {tenant} does not follow on the one before it.", nameof(version));
    }

    private void Column<TValue>(NpgsqlParameterCollection parameters, Func<LedgerEntry, TValue> value) => parameters.Add(PostgresParameter.Array(_entries, value));

    private static string? Text(string? text) => text is { Length: > 0 } ? text : null;
}
