using System.CommandLine;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Ledgers;

/// <summary>The options of commands that work on the store itself, whether a node runs or not: the same as those of <c>serve</c>.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string?> _config = new("--config") { Description = "The configuration file. Default: orchestra.json in this folder, where there is one.", HelpName = "FILE" };
    private readonly Option<string?> _data = new("--data") { Description = "The folder of the database files. Default: data.", HelpName = "DIR" };
    private readonly Option<string[]> _set = new("--set") { Description = "A single setting, such as Orchestra:Storage:Folder=/var/lib/orchestra. May be repeated.", HelpName = "NAME=VALUE" };

    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_data);
        command.Add(_set);
    }

    public Task<OpenLedgers> OpenAsync(ParseResult parse, CancellationToken ct) =>
        OpenLedgers.OpenAsync(new HostSettings(parse.GetValue(_config), null, parse.GetValue(_data), parse.GetValue(_set) ?? []).Load(), ct);
}
