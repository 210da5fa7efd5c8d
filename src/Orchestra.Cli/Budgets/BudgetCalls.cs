using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;
using Orchestra.Cli.Tenants;
using Spectre.Console;

namespace Orchestra.Cli.Budgets;

/// <summary>Calls <c>/admin/budgets</c> and shows what it answers.</summary>
internal sealed class BudgetCalls
{
    private const int MostBytes = 16 * 1024 * 1024;
    private readonly AdminOptions _options = new();
    private readonly Argument<string> _tenant = BudgetWords.Tenant();
    private readonly Argument<string> _scope = BudgetWords.Scope();
    private readonly Argument<string> _window = BudgetWords.Window();
    private readonly Option<long?> _ifVersion = PrincipalVerbs.IfVersion();
    private readonly Option<string?> _operation = new("--idempotency-key")
    {
        Description = "A word of your own for this change: sent again under the same word it counts once.", HelpName = "word",
    };

    /// <summary>A command that changes one budget; its own words stand behind those that name the budget.</summary>
    public Command Changing(string name, string description, params Symbol[] own)
    {
        var command = new Command(name, description) { _tenant, _scope, _window };
        AddTo(command, own);
        return command;
    }

    /// <summary>A command that changes something of a whole tenant.</summary>
    public Command ChangingTenant(string name, string description, params Symbol[] own)
    {
        var command = new Command(name, description) { _tenant };
        AddTo(command, own);
        return command;
    }

    /// <summary>Whether JSON is wanted.</summary>
    public bool Json(ParseResult parse) => _options.Json(parse);

    /// <summary>The tenant that the command line names.</summary>
    public string Tenant(ParseResult parse) => parse.GetRequiredValue(_tenant);

    /// <summary>The budget that the command line names, as the API names it.</summary>
    public string One(ParseResult parse) => $"{Tenant(parse)}/{Uri.EscapeDataString(parse.GetRequiredValue(_scope))}/{parse.GetRequiredValue(_window)}";

    /// <summary>Changes the budget that the command line names, and shows it.</summary>
    public async Task<int> ChangeAsync(ParseResult parse, HttpMethod method, string verb, JsonObject? body, CancellationToken ct)
    {
        using var answer = await CallAsync(parse, method, One(parse) + verb, body, ct);
        return await ShowAsync(parse, _options, answer!.RootElement, console => BudgetTable.WriteOne(answer.RootElement, console));
    }

    /// <summary>Makes a call; its answer as JSON, null where there is none.</summary>
    public async Task<JsonDocument?> CallAsync(ParseResult parse, HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var node = _options.Connect(parse);
        using var response = await node.SendAsync(method, $"admin/budgets/{path}", content, parse.GetValue(_ifVersion), Operation(parse), ct);
        return response.StatusCode == HttpStatusCode.NoContent ? null : await NodeClient.ReadJsonAsync(response, MostBytes, ct);
    }

    /// <summary>Shows an answer to a person, or as JSON.</summary>
    public static async Task<int> ShowAsync(ParseResult parse, AdminOptions options, JsonElement answer, Action<IAnsiConsole> show)
    {
        var output = parse.InvocationConfiguration.Output;
        if (options.Json(parse))
            await output.WriteLineAsync(answer.GetRawText());
        else
            show(Terminal.On(output));
        return ExitCode.Ok;
    }

    private string? Operation(ParseResult parse) => parse.GetValue(_operation) is not { } word ? null
        : word.Length is > 0 and <= 128 && word.All(letter => letter is > ' ' and < '\x7f') ? word
        : throw new CommandException("--idempotency-key takes one word of 1 to 128 visible ASCII characters.", ExitCode.Usage);

    private void AddTo(Command command, Symbol[] own)
    {
        foreach (var symbol in own)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.Add(_ifVersion);
        command.Add(_operation);
        _options.AddTo(command);
    }
}
