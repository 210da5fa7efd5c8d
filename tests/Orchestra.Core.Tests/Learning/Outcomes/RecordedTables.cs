namespace Orchestra.Core.Tests.Learning.Outcomes;

/// <summary>Finds the recorded outcome tables, which lie beside the checkout and not in it.</summary>
internal static class RecordedTables
{
    /// <summary>The path of a table; skips the test where it is absent.</summary>
    public static string Path(string name)
    {
        var path = System.IO.Path.Combine(Folder() ?? string.Empty, name);
        Skip.IfNot(File.Exists(path), $"The recorded outcome table {name} is not here: set ORCHESTRA_DATA to its folder.");
        return path;
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("ORCHESTRA_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Orchestra.sln")))
                return System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
        }

        return null;
    }
}
