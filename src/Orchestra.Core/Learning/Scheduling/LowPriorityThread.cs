using System.Runtime.InteropServices;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>Runs long work on one thread that yields to all others.</summary>
internal static class LowPriorityThread
{
    private const int ThisThread = 0;
    private const int Nice = 15;

    /// <summary>Runs it; the task ends as the work does.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, result)) { Name = name, IsBackground = true, Priority = ThreadPriority.Lowest };
        thread.Start();
        return result.Task;
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> result)
    {
        // The runtime's own priority has no effect on Linux, where every thread has a nice value. Where it cannot be set, the work is still only one thread.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, ThisThread, Nice);
        try
        {
            result.SetResult(work());
        }
        catch (OperationCanceledException error)
        {
            result.SetCanceled(error.CancellationToken);
        }
#pragma warning disable CA1031 // Whoever awaits the task gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            result.SetException(error);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe code, for three numbers.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
#pragma warning restore SYSLIB1054
}
