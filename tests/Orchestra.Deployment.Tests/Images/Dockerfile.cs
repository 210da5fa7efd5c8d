using System.Text.RegularExpressions;

namespace Orchestra.Deployment.Tests.Images;

/// <summary>The instructions of a Dockerfile, continued lines joined and comments left out.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(List<(string Keyword, string Value)> instructions) => Instructions = instructions;

    public IReadOnlyList<(string Keyword, string Value)> Instructions { get; }

    /// <summary>The arguments before the first stage, with their defaults.</summary>
    public Dictionary<string, string> Arguments => Instructions.TakeWhile(instruction => instruction.Keyword != "FROM").Where(instruction => instruction.Keyword == "ARG")
        .Select(instruction => instruction.Value.Split('=', 2)).ToDictionary(argument => argument[0], argument => argument[1]);

    /// <summary>The names of the stages.</summary>
    public IEnumerable<string> Stages => Of("FROM").Select(from => from.Split(" AS ")).Where(from => from.Length == 2).Select(from => from[1]);

    /// <summary>The last stage's instructions.</summary>
    public List<(string Keyword, string Value)> LastStage => [.. Instructions.Skip(Instructions.ToList().FindLastIndex(instruction => instruction.Keyword == "FROM"))];

    public static Dockerfile Read(string name)
    {
        var lines = File.ReadAllLines(Repository.File(name)).Where(line => !line.TrimStart().StartsWith('#') && line.Trim().Length > 0);
        var joined = Continued().Replace(string.Join('\n', lines), " ");
        return new Dockerfile([.. joined.Split('\n').Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries)).Select(parts => (parts[0], parts[1]))]);
    }

    public IEnumerable<string> Of(string keyword) => Instructions.Where(instruction => instruction.Keyword == keyword).Select(instruction => instruction.Value);

    [GeneratedRegex(@"\\\n\s*", RegexOptions.None, 1000)]
    private static partial Regex Continued();
}
