using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;
using Orchestra.Core.Learning.Rollout;
using Spectre.Console;

namespace Orchestra.Cli.Policies;

/// <summary>Calls <c>/admin/policies</c> and shows what it answers.</summary>
internal sealed class PolicyCalls
{
    private const int MostBytes = 16 * 1024 * 1024;
    private readonly AdminOptions _options = new();

    /// <summary>Gives a command the options of the admin API.</summary>
    public void AddTo(Command command) => _options.AddTo(command);

    /// <summary>Lists the policies.</summary>
    public async Task<int> ListAsync(ParseResult parse, CancellationToken ct)
    {
        using var node = _options.Connect(parse);
        using var answer = await CallAsync(node, HttpMethod.Get, string.Empty, null, ct);
        return await ShowAsync(parse, answer, PolicyTable.WriteList);
    }

    /// <summary>Adds a file.</summary>
    public async Task<int> AddAsync(ParseResult parse, FileInfo file, CancellationToken ct)
    {
        using var node = _options.Connect(parse);
        using var answer = await AddAsync(node, file, ct);
        return await ShowAsync(parse, answer, PolicyTable.WritePolicy);
    }

    /// <summary>Rolls a policy out that an id or a file names.</summary>
    public async Task<int> RollOutAsync(ParseResult parse, string policy, string verb, JsonObject? body, CancellationToken ct)
    {
        using var node = _options.Connect(parse);
        var id = policy;
        if (File.Exists(policy))
        {
            using var added = await AddAsync(node, new FileInfo(policy), ct);
            id = added.RootElement.GetProperty("id").GetString()!;
        }

        using var answer = await CallAsync(node, HttpMethod.Post, $"/{Uri.EscapeDataString(id)}/{verb}", Json(body), ct);
        return await ShowAsync(parse, answer, PolicyTable.WriteRollout);
    }

    /// <summary>Makes a call whose answer is the rollout, and shows it.</summary>
    public async Task<int> RolloutAsync(ParseResult parse, HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var node = _options.Connect(parse);
        using var answer = await CallAsync(node, method, $"/{path}", Json(body), ct);
        return await ShowAsync(parse, answer, PolicyTable.WriteRollout);
    }

    private static async Task<JsonDocument> AddAsync(NodeClient node, FileInfo file, CancellationToken ct)
    {
        if (file is not { Exists: true, Length: <= StoredPolicy.MaxBytes })
            throw new CommandException($"There is no policy file {file.FullName} of at most {StoredPolicy.MaxBytes / 1024 / 1024} MiB.", ExitCode.Usage);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file.FullName, ct));
        return await CallAsync(node, HttpMethod.Put, string.Empty, content, ct);
    }

    private static async Task<JsonDocument> CallAsync(NodeClient node, HttpMethod method, string path, HttpContent? body, CancellationToken ct)
    {
        using var response = await node.SendAsync(method, $"admin/policies{path}", body, ct);
        return await NodeClient.ReadJsonAsync(response, MostBytes, ct);
    }

    private static StringContent? Json(JsonObject? body) => body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<int> ShowAsync(ParseResult parse, JsonDocument answer, Action<JsonElement, IAnsiConsole> write)
    {
        var output = parse.InvocationConfiguration.Output;
        if (_options.Json(parse))
            await output.WriteLineAsync(answer.RootElement.GetRawText());
        else
            write(answer.RootElement, Terminal.On(output));
        return ExitCode.Ok;
    }
}
