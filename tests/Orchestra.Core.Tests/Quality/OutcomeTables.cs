using System.IO.Compression;
using System.Text.Json;

namespace Orchestra.Core.Tests.Quality;

/// <summary>Finds the recorded outcome tables beside the checkout, and reads their responses.</summary>
internal static class OutcomeTables
{
    /// <summary>The file of a table; null where the tables are not on this machine.</summary>
    public static string? Find(string table)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHESTRA_DATA") ?? BesideTheCheckout();
        var file = folder is null ? null : Path.Combine(folder, table + ".jsonl.gz");
        return File.Exists(file) ? file : null;
    }

    public static IEnumerable<(string Prompt, string Response, double Score)> Responses(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            var prompt = row.RootElement.GetProperty("prompt").GetString()!;
            foreach (var outcome in row.RootElement.GetProperty("outcomes").EnumerateObject())
            {
                if (outcome.Value.TryGetProperty("response", out var response))
                    yield return (prompt, response.GetString()!, outcome.Value.GetProperty("score").GetDouble());
            }
        }
    }

    private static string? BesideTheCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestra.sln")))
            folder = folder.Parent;
        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
