using System.Globalization;
using System.Text;
using System.Xml;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>Writes SVG elements; names and texts may hold anything.</summary>
internal sealed class SvgDocument : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    /// <summary>Begins a document.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="title">What it shows, for screen readers.</param>
    /// <param name="description">What can be seen in it, for screen readers.</param>
    /// <param name="style">The style sheet.</param>
    public SvgDocument(double width, double height, string title, string description, string style)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attributes(("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height)), ("role", "img"), ("aria-labelledby", "title description"));
        Element("title", title, ("id", "title"));
        Element("desc", description, ("id", "description"));
        Element("style", style);
    }

    /// <summary>A number as SVG takes it, to a hundredth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The points of a path as its data, the first a move.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select((point, i) => $"{(i == 0 ? 'M' : 'L')}{Number(point.X)},{Number(point.Y)}"));

    /// <summary>An element with nothing inside.</summary>
    public void Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes) => Element(name, null, attributes);

    /// <summary>An element with a text inside.</summary>
    public void Element(string name, string? text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name);
        Attributes(attributes);
        if (text is not null)
            _xml.WriteString(Clean(text));
        _xml.WriteEndElement();
    }

    /// <summary>A text at a place.</summary>
    public void Text(string text, double x, double y, string style, string anchor = "start") =>
        Element("text", text, ("x", Number(x)), ("y", Number(y)), ("class", style), ("text-anchor", anchor));

    /// <summary>Ends the document and returns it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
            _xml.WriteAttributeString(name, Clean(value));
    }

    /// <summary>The text without the characters that XML cannot hold.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\t' or '\n' or (>= 0x20 and not 0xFFFE and not 0xFFFF) ? rune.ToString() : "\uFFFD"));
}
