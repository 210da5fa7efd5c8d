using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/keys</c>.</summary>
internal sealed class KeyEndpoints(ITenantStore store, TenantRegistry registry, ApiKeyIssuer issuer, ApiKeyAuthenticator authenticator, ExpertCatalogue catalogue)
    : PrincipalEndpoints<ApiKey>(registry, authenticator, PrincipalJson.Default.ApiKey, ["tenant", "team", "user"], Names)
{
    private static readonly string[] Names = [.. PrincipalFields.Names, "expires_at", "allowed_experts", "metadata"];

    public async Task CreateAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, ["tenant", "team", "user", .. Names]);
        await CreateAsync(context, fields.Text("tenant", string.Empty), fields);
    }

    /// <summary>Creates a key of the tenant that the path names.</summary>
    public async Task CreateOfTenantAsync(HttpContext context)
    {
        var tenant = await TenantEndpoints.FindAsync(store, context);
        await CreateAsync(context, tenant.Id, await BodyFields.ReadAsync(context, ["team", "user", .. Names]));
    }

    public async Task RotateAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, "grace_seconds");
        var grace = fields.Number("grace_seconds", null) is { } seconds ? TimeSpan.FromSeconds(seconds) : ApiKeyIssuer.DefaultGrace;
        var issued = await issuer.RotateAsync(ct => FindAsync(context, deleted: false, ct), grace, AdminActor.Of(context), EntityTag.IfMatch(context), context.RequestAborted);
        Changed(issued.Key.Id);
        await WriteAsync(context, issued, StatusCodes.Status200OK);
    }

    protected override async Task<ApiKey> FindAsync(HttpContext context, bool deleted, CancellationToken ct) =>
        await store.FindKeyAsync(AdminBody.Route(context, "id"), ct) is { } owned && (deleted || !owned.IsDeleted)
            ? owned.Key
            : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such key. GET /admin/keys lists them; POST /admin/keys creates one.");

    protected override Task<IReadOnlyList<ApiKey>> ListAsync(PrincipalFilter filter, CancellationToken ct) => store.ListKeysAsync(filter, ct);

    protected override ApiKey Apply(ApiKey now, BodyFields fields)
    {
        var expiry = fields.Time("expires_at", now.ExpiresAt);
        var changed = PrincipalFields.Apply(now, fields) with
        {
            ExpiresAt = expiry is { } at ? Moment.Of(at) : null,
            AllowedExperts = fields.Texts("allowed_experts", now.AllowedExperts),
            Metadata = fields.Pairs("metadata", now.Metadata),
        };
        // Only names that are new: an expert that was taken out of the configuration must not stand in the way of other changes.
        if (changed.AllowedExperts?.Except(now.AllowedExperts ?? []).Any(name => !catalogue.TryGet(name, out _)) == true)
            throw OrchestraException.Invalid("allowed_experts", $"An expert of this list does not exist. These do: {string.Join(", ", catalogue.Descriptors.Select(expert => expert.Name))}.");
        return changed;
    }

    private async Task CreateAsync(HttpContext context, string tenant, BodyFields fields)
    {
        var issued = await issuer.IssueAsync(
            tenant, fields.Text("team", string.Empty), fields.Text("user", string.Empty), key => Apply(key, fields), AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, issued, StatusCodes.Status201Created);
    }

    /// <summary>Writes the key with its text, which nobody on the way may keep.</summary>
    private static async Task WriteAsync(HttpContext context, IssuedKey issued, int status)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var json = new Utf8JsonWriter(buffer);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, issued.Text);
            foreach (var field in JsonSerializer.SerializeToElement(issued.Key, PrincipalJson.Default.ApiKey).EnumerateObject())
                field.WriteTo(json);
            json.WriteEndObject();
        }

        EntityTag.Write(context, issued.Key);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
