using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Tenants;

/// <summary>Calls the admin API for one kind of resource and shows what it answers.</summary>
/// <param name="path">Its path below <c>/admin</c>, such as <c>keys</c>.</param>
/// <param name="options">Which node, which key, and whether JSON is wanted.</param>
internal sealed class AdminResource(string path, AdminOptions options)
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Shows a page of the list.</summary>
    public async Task<int> ListAsync(ParseResult parse, IEnumerable<(string Name, string? Value)> query, CancellationToken ct)
    {
        var given = string.Join('&', query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        using var page = await CallAsync(parse, HttpMethod.Get, given.Length == 0 ? string.Empty : $"?{given}", null, null, ct);
        var output = parse.InvocationConfiguration.Output;
        if (options.Json(parse))
            await output.WriteLineAsync(page.RootElement.GetRawText());
        else
            PrincipalTable.WriteList(page.RootElement, Terminal.On(output));
        return ExitCode.Ok;
    }

    /// <summary>Makes a call whose answer is one of them, and shows it.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="one">The path below the list's; empty for the list itself.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="ifVersion">The version that must be the newest; null where any is good.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<int> CallAndShowAsync(ParseResult parse, HttpMethod method, string one, JsonObject? body, long? ifVersion, CancellationToken ct)
    {
        using var answer = await CallAsync(parse, method, one, body, ifVersion, ct);
        var output = parse.InvocationConfiguration.Output;
        if (options.Json(parse))
            await output.WriteLineAsync(answer.RootElement.GetRawText());
        else
            PrincipalTable.WriteOne(answer.RootElement, Terminal.On(output), output);
        return ExitCode.Ok;
    }

    /// <summary>Deletes one of them.</summary>
    public async Task<int> DeleteAsync(ParseResult parse, string id, long? ifVersion, CancellationToken ct)
    {
        using var node = options.Connect(parse);
        using var response = await node.SendAsync(HttpMethod.Delete, $"admin/{path}/{Escape(id)}", null, ifVersion, ct);
        var deleted = $"{path}/{id}";
        await parse.InvocationConfiguration.Output.WriteLineAsync(
            options.Json(parse) ? new JsonObject { ["deleted"] = deleted }.ToJsonString() : $"Deleted {Terminal.Clean(deleted)}. Its keys are refused from now on.");
        return ExitCode.Ok;
    }

    /// <summary>An id as part of a path; the parts of <c>tenant/id</c> stay parts, and nothing leads to another path.</summary>
    public static string Escape(string id) => string.Join('/', id.Split('/', 2).Select(Uri.EscapeDataString));

    private async Task<JsonDocument> CallAsync(ParseResult parse, HttpMethod method, string one, JsonObject? body, long? ifVersion, CancellationToken ct)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var node = options.Connect(parse);
        using var response = await node.SendAsync(method, $"admin/{path}{one}", content, ifVersion, ct);
        return await NodeClient.ReadJsonAsync(response, MostBytes, ct);
    }
}
