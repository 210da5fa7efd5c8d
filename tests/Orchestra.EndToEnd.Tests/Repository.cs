namespace Orchestra.EndToEnd.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(string relative) => Path.Combine(Root, relative);

    /// <summary>A recorded outcome table, or null where the folder is absent.</summary>
    public static string? Table(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ORCHESTRA_DATA") ?? Path.Combine(Root, "..", "shared", "data");
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return System.IO.File.Exists(file) ? file : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Orchestra.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout of the project.");
    }
}
