using Microsoft.Extensions.Configuration;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Cli.Serve;

/// <summary>Where a node's settings come from: the file, then the environment, then the command line; the later one wins.</summary>
/// <param name="ConfigFile">The configuration file; null takes <c>orchestra.json</c> of the working folder where there is one.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons; null leaves the default.</param>
/// <param name="DataFolder">The folder of the database files; null leaves what the configuration says.</param>
/// <param name="Overrides">Single settings, such as <c>Orchestra:Conductor:Threshold=5</c>.</param>
internal sealed record NodeSettings(string? ConfigFile, string? Urls, string? DataFolder, IReadOnlyList<string> Overrides)
{
    private const string DefaultFile = "orchestra.json";

    /// <summary>Reads, binds and checks the settings; throws <see cref="OrchestraException"/> with all errors.</summary>
    public OrchestraOptions Load()
    {
        var builder = new ConfigurationBuilder();
        if ((ConfigFile ?? (File.Exists(DefaultFile) ? DefaultFile : null)) is { } file)
        {
            if (!File.Exists(file))
                throw Wrong($"There is no configuration file '{file}'. Give another one with --config, or leave it out to start with what this machine has.");
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        builder.AddEnvironmentVariables();
        builder.AddInMemoryCollection(Overrides.Select(Parse));
        var options = Bind(builder);
        if (DataFolder is not null)
            options.Storage.Folder = DataFolder;
        OrchestraOptionsValidator.Check(options);
        return options;
    }

    private static OrchestraOptions Bind(ConfigurationBuilder builder)
    {
        try
        {
            var options = new OrchestraOptions();
            builder.Build().GetSection(OrchestraOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidDataException error)
        {
            throw Wrong($"The configuration file is not valid JSON: {error.InnerException?.Message ?? error.Message}");
        }
        catch (InvalidOperationException error)
        {
            throw Wrong($"The configuration does not fit: {Unknown(error.Message)}{(error.InnerException is { } inner ? $" {inner.Message}" : string.Empty)}");
        }
    }

    /// <summary>Says in a reader's words what the binder says in a programmer's.</summary>
    private static string Unknown(string message)
    {
        var names = message.LastIndexOf(": ", StringComparison.Ordinal);
        return message.Contains("were not found on the instance", StringComparison.Ordinal) && names > 0
            ? $"these settings are unknown: {message[(names + 2)..]}. docs/configuration.md lists all."
            : message;
    }

    private static KeyValuePair<string, string?> Parse(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(setting[..equals], setting[(equals + 1)..])
            : throw Wrong($"--set takes NAME=VALUE, such as Orchestra:Conductor:Threshold=5; '{setting}' is not that.");
    }

    private static OrchestraException Wrong(string message) => new(ErrorCode.InvalidConfiguration, 500, message);
}
