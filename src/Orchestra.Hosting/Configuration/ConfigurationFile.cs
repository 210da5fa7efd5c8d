using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Hosting.Configuration;

/// <summary>Reads a configuration file: JSON, in which comments and trailing commas are allowed.</summary>
public static class ConfigurationFile
{
    /// <summary>The file's settings; throws <see cref="OrchestraException"/> that says what to change where it cannot be used.</summary>
    public static IConfiguration Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var settings = new ConfigurationBuilder().AddJsonStream(file).Build();
            // Settings outside the section would be left unread without a word.
            if (settings.GetChildren().FirstOrDefault(part => !part.Key.Equals(OrchestraOptions.Section, StringComparison.OrdinalIgnoreCase)) is { } stray)
                throw Wrong(path, $"has '{stray.Key}' at its top level; all settings belong into {{\"{OrchestraOptions.Section}\": {{ … }}}}.");
            return settings;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong(path, "does not exist. Give another one with --config, or leave it out to start with what this machine has.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"cannot be read: {error.Message} Check that it is a file which this user may read.", error);
        }
        catch (JsonException error)
        {
            var fault = error.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            throw Wrong(path, $"is not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {fault}", error);
        }
        catch (FormatException error)
        {
            throw Wrong(path, $"does not fit: {error.Message}", error);
        }
    }

    private static OrchestraException Wrong(string path, string fault, Exception? inner = null) =>
        new(ErrorCode.InvalidConfiguration, 500, $"The configuration file '{path}' {fault}", inner);
}
