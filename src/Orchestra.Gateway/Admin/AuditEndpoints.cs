using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/audit</c>: who changed what, the newest first.</summary>
internal sealed class AuditEndpoints(IAuditLog log)
{
    private const int LongestCursor = 64;

    public async Task ListAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "tenant", "target", "after", "limit");
        var after = query.Text("after");
        if (after is not null && (after.Length > LongestCursor || !Tenant.IsValidId(after)))
            throw OrchestraException.Invalid("after", "This is no cursor. Give what 'next' held in the page before.");
        var entries = await log.ListAsync(new AuditFilter(query.Text("tenant"), query.Text("target"), after, query.Limit + 1), context.RequestAborted);
        await PageResponse.WriteAsync(context, entries, query.Limit, entry => entry.Id, Write);
    }

    private static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, entry.Id);
        json.WriteString("at"u8, entry.At);
        json.WriteString("who"u8, entry.Who);
        json.WriteString("action"u8, entry.Action);
        json.WriteString("tenant"u8, entry.TenantId);
        json.WriteString("target"u8, entry.Target);
        WriteState(json, "before", entry.Before);
        WriteState(json, "after", entry.After);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, string name, string? state)
    {
        json.WritePropertyName(name);
        if (state is null)
            json.WriteNullValue();
        else
            json.WriteRawValue(state);
    }
}
