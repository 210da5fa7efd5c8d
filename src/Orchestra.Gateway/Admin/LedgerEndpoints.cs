using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>The rows of the ledgers.</summary>
internal sealed class LedgerEndpoints(LedgerRows rows)
{
    public async Task ListAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "tenant", "from", "to", "kind", "key", "team", "user", "reservation", "after", "limit");
        var filter = new LedgerFilter(
            query.Text("tenant"), query.Time("from"), query.Time("to"), Kind(query.Text("kind")), query.Text("team"), query.Text("user"), query.Text("key"),
            query.Text("reservation"));
        var page = await rows.ReadAsync(filter, After(query.Text("after")), query.Limit, context.RequestAborted);
        await AdminBody.WriteAsync(
            context, new LedgerListResponse([.. page.Entries.Select(entry => LedgerRow.Of(entry))], page.Next is not null, page.Next?.ToString()),
            AdminJson.Default.LedgerListResponse);
    }

    private static LedgerEntryKind? Kind(string? text) => text is null ? null
        : LedgerKinds.TryParse(text, out var kind) ? kind
        : throw OrchestraException.Invalid("kind", $"The kind is one of {LedgerKinds.All}.");

    private static LedgerPosition? After(string? text) => text is null ? null
        : LedgerPosition.TryParse(text, out var position) ? position
        : throw OrchestraException.Invalid("after", "This is no cursor. Give what 'next' held in the page before.");
}
