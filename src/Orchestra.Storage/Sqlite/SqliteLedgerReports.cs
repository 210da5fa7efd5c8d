using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Storage.Sqlite;

/// <summary>Sums of what was spent and openings of ledgers in SQLite, on connections of their own: a report holds no paid call up.</summary>
public sealed class SqliteLedgerReports(SqliteDatabase database) : ILedgerReports, IDisposable
{
    private readonly LockedConnection _reading = new(database.Connect());
    private readonly LockedConnection _writing = new(database.Connect());

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListSpendHeadsAsync(CancellationToken ct) =>
        _reading.UseAsync(connection => Heads(connection.Statement("SELECT tenant, version FROM ledger_spend_head")), ct);

    /// <inheritdoc/>
    public Task<int> SummariseAsync(string tenantId, int maxRows, CancellationToken ct) =>
        _writing.UseAsync(connection => SqliteSpend.Summarise(connection, tenantId, maxRows), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendGroup>> SpendAsync(SpendQuery query, CancellationToken ct) =>
        _reading.UseAsync(connection => SqliteSpend.Read(connection, query), ct);

    /// <inheritdoc/>
    public Task<SpendTotals> ReadTotalsAsync(string tenantId, CancellationToken ct) =>
        _reading.UseAsync(connection => SqliteSpend.ReadTotals(connection, tenantId), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> FindRepeatedAsync(string? tenantId, CancellationToken ct) =>
        _reading.UseAsync(connection => SqliteRepeatedOperations.Find(connection, tenantId), ct);

    /// <inheritdoc/>
    public Task<bool> MoveOpeningAsync(LedgerSnapshot opening, long before, CancellationToken ct) =>
        _writing.UseAsync(connection => SqliteOpenings.Move(connection, opening, before), ct);

    /// <inheritdoc/>
    public Task<int> TrimAsync(string tenantId, int maxRows, CancellationToken ct) =>
        _writing.UseAsync(connection => SqliteOpenings.Trim(connection, tenantId, maxRows), ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }

    internal static IReadOnlyList<LedgerHead> Heads(SqliteCommand select)
    {
        using (select)
        {
            using var rows = select.ExecuteReader();
            var heads = new List<LedgerHead>();
            while (rows.Read())
                heads.Add(new LedgerHead(rows.GetString(0), rows.GetInt64(1)));
            return heads;
        }
    }
}
