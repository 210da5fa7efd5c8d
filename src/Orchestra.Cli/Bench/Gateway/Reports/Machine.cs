using System.Runtime.InteropServices;

namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The hardware and software that figures were taken on.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static string Describe() =>
        $"{Environment.ProcessorCount} cores{Processor()}, {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}), {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        if (!File.Exists(ProcessorFile))
            return "";
        var line = File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "" : $" of {line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}";
    }
}
