using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Orchestra.Core.Configuration;

namespace Orchestra.Core.Tests.Configuration;

/// <summary>Holds docs/configuration.md against the options: the same settings, the same defaults.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly string Document = File.ReadAllText(FindDocument());

    public static TheoryData<string, Type> Sections()
    {
        var sections = new TheoryData<string, Type> { { "Orchestra:Experts:NAME", typeof(ExpertOptions) } };
        foreach (var section in typeof(OrchestraOptions).GetProperties().Where(property => !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)))
            sections.Add($"Orchestra:{section.Name}", section.PropertyType);
        return sections;
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_setting_is_documented_and_nothing_else(string section, Type options) =>
        Documented(section).Keys.ShouldBe(Settings(options).Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_documented_defaults_are_the_real_ones(string section, Type options)
    {
        var documented = Documented(section);
        foreach (var (setting, value) in Settings(options))
        {
            if (Text(value) is { Length: > 0 } expected)
                documented[setting].ShouldBe(expected, customMessage: $"{section}:{setting}");
        }
    }

    /// <summary>Every setting with its default; those of a nested object as <c>Price:InputPerMillion</c>.</summary>
    private static Dictionary<string, object?> Settings(Type type)
    {
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal);
        var defaults = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType.Namespace != type.Namespace)
            {
                settings[property.Name] = property.GetValue(defaults);
                continue;
            }

            foreach (var (name, value) in Settings(property.PropertyType))
                settings[$"{property.Name}:{name}"] = value;
        }

        return settings;
    }

    /// <summary>The rows of a section's table: the setting and the text of its default.</summary>
    private static Dictionary<string, string> Documented(string section)
    {
        var text = Regex.Match(Document, $@"^## `{section}`$(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        text.Success.ShouldBeTrue($"docs/configuration.md has no section {section}.");
        var rows = text.Value.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        var column = Array.IndexOf(rows[0], "default");
        return rows.Skip(2).ToDictionary(row => row[1].Trim('`'), row => row[column].Trim('`'), StringComparer.Ordinal);
    }

    /// <summary>How a default stands in a configuration file; empty where words describe it better.</summary>
    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable or null => string.Empty,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private static string FindDocument()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestra.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout of the project."), "docs", "configuration.md");
    }
}
