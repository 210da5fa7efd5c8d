namespace Orchestra.Core.Experts.Discovery;

/// <summary>Gives found models names that fit a catalogue: short, plain and unique.</summary>
internal sealed class ExpertNames
{
    private const int MaxLength = 64;

    private readonly HashSet<string> _taken;

    /// <param name="reserved">Names that are taken already.</param>
    public ExpertNames(IEnumerable<string> reserved) => _taken = new HashSet<string>(reserved, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name for a model: its own without its publisher, with its source where that is taken, and then with a number.</summary>
    public string Take(string source, string model)
    {
        var name = Clean(model[(model.LastIndexOfAny(['/', '\\']) + 1)..]);
        if (name.Length > 0 && _taken.Add(name))
            return name;
        var longer = Clean($"{source}-{name}");
        var unique = longer;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = $"{longer}-{number}";
        return unique;
    }

    private static string Clean(string text)
    {
        var plain = text.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? text[..^5] : text;
        var clean = string.Create(Math.Min(plain.Length, MaxLength), plain, static (name, plain) =>
        {
            for (var i = 0; i < name.Length; i++)
                name[i] = char.IsAsciiLetterOrDigit(plain[i]) || plain[i] is '.' or '_' ? char.ToLowerInvariant(plain[i]) : '-';
        });
        return clean.Trim('-', '.', '_');
    }
}
