using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Hosting.Configuration;

/// <summary>Where a host's settings come from: the file, then the environment, then the command line; the later one wins.</summary>
/// <param name="ConfigFile">The configuration file; null takes <c>orchestra.json</c> of the working folder where there is one.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons; null leaves the default.</param>
/// <param name="DataFolder">The folder of the database files; null leaves what the configuration says.</param>
/// <param name="Overrides">Single settings, such as <c>Orchestra:Conductor:Threshold=5</c>.</param>
public sealed partial record HostSettings(string? ConfigFile, string? Urls, string? DataFolder, IReadOnlyList<string> Overrides)
{
    /// <summary>Names the database, so that no password has to stand in a file.</summary>
    public const string PostgresVariable = "ORCHESTRA_POSTGRES";

    private const string DefaultFile = "orchestra.json";

    /// <summary>Reads, binds and checks the settings; throws <see cref="OrchestraException"/> with all errors.</summary>
    public OrchestraOptions Load()
    {
        var builder = new ConfigurationBuilder();
        if ((ConfigFile ?? (File.Exists(DefaultFile) ? DefaultFile : null)) is { } file)
            builder.AddConfiguration(ConfigurationFile.Read(file));
        if (Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } connection)
            builder.AddInMemoryCollection([new($"{OrchestraOptions.Section}:{nameof(OrchestraOptions.Storage)}:{nameof(StorageOptions.ConnectionString)}", connection)]);
        builder.AddEnvironmentVariables();
        // Of two for one setting, the later one wins.
        builder.AddInMemoryCollection(Overrides.Select(Parse).GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Select(settings => settings.Last()));
        var options = Bind(builder.Build());
        if (DataFolder is not null)
            options.Storage.Folder = DataFolder;
        OrchestraOptionsValidator.Check(options);
        return options;
    }

    private static OrchestraOptions Bind(IConfiguration configuration)
    {
        try
        {
            var options = new OrchestraOptions();
            configuration.GetSection(OrchestraOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException error)
        {
            throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, $"The configuration does not fit: {Describe(error)}", error);
        }
    }

    /// <summary>Says in a reader's words what the binder says in a programmer's.</summary>
    private static string Describe(InvalidOperationException error)
    {
        if (UnknownSettings().Match(error.Message) is { Success: true } unknown)
            return $"these settings are unknown: {unknown.Groups["names"].Value}. docs/configuration.md lists all.";
        if (WrongValue().Match(error.Message) is not { Success: true } wrong)
            return $"{error.Message} {error.InnerException?.Message}".TrimEnd();
        var kind = wrong.Groups["type"].Value switch
        {
            "System.Int32" => "a whole number",
            "System.Decimal" => "a number",
            "System.Boolean" => "true or false",
            "System.TimeSpan" => "a duration such as 00:01:00",
            var type => $"a {type}",
        };
        return $"{wrong.Groups["name"].Value} is '{wrong.Groups["value"].Value}'; it must be {kind}.";
    }

    private static KeyValuePair<string, string?> Parse(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && setting.StartsWith($"{OrchestraOptions.Section}:", StringComparison.OrdinalIgnoreCase)
            ? new(setting[..equals], setting[(equals + 1)..])
            : throw new HostException($"--set takes NAME=VALUE, such as Orchestra:Conductor:Threshold=5; '{setting}' is not that.", isUsage: true);
    }

    [GeneratedRegex("were not found on the instance of .*?: (?<names>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex UnknownSettings();

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<name>.*)' to type '(?<type>.*)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex WrongValue();
}
