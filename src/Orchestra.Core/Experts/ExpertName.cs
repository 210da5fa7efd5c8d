using System.Text.RegularExpressions;

namespace Orchestra.Core.Experts;

/// <summary>What an expert may be called: names travel in headers, addresses and file names.</summary>
public static partial class ExpertName
{
    /// <summary>Whether a text may be an expert's name: 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit, and not the conductor's.</summary>
    public static bool IsValid(string name) => name != ExpertCatalogue.ConductedModel && Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
