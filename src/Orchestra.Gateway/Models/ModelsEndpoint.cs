using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Authentication;

namespace Orchestra.Gateway.Models;

/// <summary><c>GET /v1/models</c>: the conductor and every expert that the key may use.</summary>
internal sealed class ModelsEndpoint(ExpertCatalogue catalogue, ApiKeyAuthenticator keys, TimeProvider time)
{
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Lists the models.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (BearerToken.Of(context.Request) is not { } token || await keys.AuthenticateAsync(token, context.RequestAborted) is not { } caller)
            throw BearerToken.Refused("API key", "the node printed one at its first start, and POST /admin/tenants/{id}/keys makes more");
        context.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            Write(json, ExpertCatalogue.ConductedModel);
            foreach (var expert in catalogue.DescriptorsFor(caller))
                Write(json, expert.Name);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, name);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, _created);
        json.WriteString("owned_by"u8, "orchestra"u8);
        json.WriteEndObject();
    }
}
