using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>What was spent.</summary>
internal sealed class SpendEndpoints(SpendReports reports)
{
    public async Task ShowAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "by", "from", "to", "tenant");
        if (!SpendNames.TryParse(query.Text("by") ?? "tenant", out var by, out var metadata))
            throw OrchestraException.Invalid("by", $"The parameter by takes {SpendNames.All}.");
        if (query.Day("from") >= query.Day("to"))
            throw OrchestraException.Invalid("to", "The day 'to' must lie behind 'from'; it is not part of the report.");
        var asked = new SpendQuery(by, query.Day("from"), query.Day("to"), query.Text("tenant"), metadata);
        var report = await reports.ReadAsync(asked, context.RequestAborted);
        await AdminBody.WriteAsync(context, SpendDocument.Of(report), AdminJson.Default.SpendDocument);
    }
}
