using System.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.CommandLine;

/// <summary>The options of every command that talks to a node's admin API.</summary>
internal sealed class AdminOptions
{
    private const string Advice = "The node prints its admin key when it starts for the first time.";
    private const int MostBytesOfKeyFile = 4096;
    private readonly Option<Uri> _url = NodeOptions.Url();
    private readonly Option<string?> _key = NodeOptions.AdminKey();
    private readonly Option<FileInfo?> _keyFile = new("--admin-key-file") { Description = "A file that holds the admin key, so that it stands in no list of processes.", HelpName = "path" };
    private readonly Option<bool> _json = NodeOptions.Json();

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _url, _key, _keyFile, _json })
            command.Add(option);
    }

    /// <summary>Whether JSON is wanted.</summary>
    public bool Json(ParseResult parse) => parse.GetValue(_json);

    /// <summary>The node that the command line names.</summary>
    public Uri Url(ParseResult parse) => parse.GetRequiredValue(_url);

    /// <summary>A client of the node that the command line names.</summary>
    public NodeClient Connect(ParseResult parse)
    {
        var given = parse.GetValue(_key) ?? (parse.GetValue(_keyFile) is { } file ? Read(file) : null);
        return new NodeClient(Url(parse), NodeOptions.RequireKey(given, "--admin-key", NodeOptions.AdminKeyVariable, Advice));
    }

    private static string Read(FileInfo file)
    {
        try
        {
            return file.Length <= MostBytesOfKeyFile
                ? File.ReadAllText(file.FullName)
                : throw new CommandException($"The file {file.FullName} is too large to be a key. Give one that holds nothing else.", ExitCode.Usage);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The admin key cannot be read from {file.FullName}: {error.Message}", ExitCode.Usage, error);
        }
    }
}
