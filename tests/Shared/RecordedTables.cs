namespace Orchestra.Tests;

/// <summary>The recorded outcome tables, which lie beside the checkout and not in it.</summary>
internal static class RecordedTables
{
    /// <summary>The path of a table; skips the test where it is absent.</summary>
    public static string Path(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHESTRA_DATA") is { Length: > 0 } named ? named : Repository.File("../shared/data");
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name));
        Skip.IfNot(File.Exists(path), $"The recorded outcome table {name} is not here: set ORCHESTRA_DATA to its folder.");
        return path;
    }
}
