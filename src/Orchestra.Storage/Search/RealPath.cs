namespace Orchestra.Storage.Search;

/// <summary>Finds where a path really leads when every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    // The limit that Linux itself sets.
    private const int MaxLinks = 40;

    /// <summary>The path without links; null where links run in a circle.</summary>
    public static string? Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var pending = new Stack<string>();
        Push(pending, full[real.Length..]);
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
                return null;
            var root = Path.GetPathRoot(target)!;
            if (root.Length > 0)
                real = root;
            Push(pending, target[root.Length..]);
        }

        return real;
    }

    /// <summary>Whether a real path is the folder or lies in it.</summary>
    public static bool IsWithin(string real, string folder) =>
        real == folder || real.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var part in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (part != ".")
                pending.Push(part);
        }
    }
}
