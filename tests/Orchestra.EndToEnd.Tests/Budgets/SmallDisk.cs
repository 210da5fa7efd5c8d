using System.Diagnostics;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>A file system of a few megabytes in memory, which can be filled up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder;

    private SmallDisk(TemporaryFolder folder) => _folder = folder;

    public string Path => _folder.Path;

    private string Filler => _folder.File("filler");

    /// <summary>Mounts it; the test is skipped where that is not allowed.</summary>
    public static SmallDisk Mount()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A small disk is a tmpfs, which only Linux has.");
        var folder = new TemporaryFolder();
        var error = Run("mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", folder.Path);
        if (error is not null)
            folder.Dispose();
        Skip.If(error is not null, $"A tmpfs cannot be mounted here, which takes root's rights: {error}");
        return new SmallDisk(folder);
    }

    /// <summary>Leaves not one block.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                filler.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Gives back what was filled.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", Path).ShouldBeNull();
        _folder.Dispose();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
