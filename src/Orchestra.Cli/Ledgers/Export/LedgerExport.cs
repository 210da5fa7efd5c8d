using System.Text.Json;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.Ledgers.Export;

/// <summary>Writes rows one after the other as they are read.</summary>
internal sealed class LedgerExport(LedgerRows rows, LedgerFilter filter, bool isCsv)
{
    public async Task WriteAsync(TextWriter writer, CancellationToken ct)
    {
        if (isCsv)
            await writer.WriteAsync(CsvRow.Header);
        await foreach (var entry in rows.ReadAllAsync(filter, ct))
        {
            var row = LedgerRow.Of(entry);
            await writer.WriteAsync(isCsv ? CsvRow.Of(row) : JsonSerializer.Serialize(row, ReportJson.Default.LedgerRow) + '\n');
        }

        await writer.FlushAsync(ct);
    }
}
