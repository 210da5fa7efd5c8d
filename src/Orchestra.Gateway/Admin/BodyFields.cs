using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Chat;

namespace Orchestra.Gateway.Admin;

/// <summary>The fields of a request's JSON object; a field that is not known, given twice, or of a wrong type is an error that names it.</summary>
internal sealed class BodyFields
{
    private const int MostBytes = 64 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private readonly JsonElement _object;
    private readonly string _path;

    private BodyFields(JsonElement element, string path, string[] known)
    {
        _object = element;
        _path = path;
        if (element.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw OrchestraException.Invalid(path + Shown(unknown.Name), $"The field '{path}{Shown(unknown.Name)}' is not known here. These can be given: {string.Join(", ", known)}.");
    }

    /// <summary>Reads the body, which may hold these fields; no body is an object without fields.</summary>
    public static async Task<BodyFields> ReadAsync(HttpContext context, params string[] known)
    {
        var body = await RequestBody.ReadAsync(context.Request, MostBytes, context.RequestAborted);
        try
        {
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new BodyFields(document.RootElement.Clone(), string.Empty, known)
                : throw OrchestraException.Invalid("body", "The request body must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw new OrchestraException(ErrorCode.InvalidJson, 400, $"The request body is not a JSON object, or has a field twice: see line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}.", error);
        }
    }

    /// <summary>A text; what it is now where the field is not given. It must not be null.</summary>
    public string Text(string name, string now) =>
        !_object.TryGetProperty(name, out var value) ? now : value.ValueKind == JsonValueKind.String ? Read(value, name) : throw Wrong(name, "a string");

    /// <summary>Yes or no; what it is now where the field is not given. It must not be null.</summary>
    public bool Flag(string name, bool now) =>
        !_object.TryGetProperty(name, out var value) ? now : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");

    /// <summary>A whole number; what it is now where the field is not given, none where it is null.</summary>
    public int? Number(string name, int? now) =>
        !_object.TryGetProperty(name, out var value) ? now
        : value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number or null");

    /// <summary>A number from 0 to 1; none where the field is not given or null.</summary>
    public double? Fraction(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1 ? Math.Abs(number) : throw Wrong(name, "a number from 0 to 1");
    }

    /// <summary>A text that is not blank; none where the field is not given or null.</summary>
    public string? OptionalText(string name, int mostCharacters)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String && Read(value, name) is var text && text.Length <= mostCharacters && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Wrong(name, $"a text of 1 to {mostCharacters} characters that is not blank");
    }

    /// <summary>An amount of dollars, zero or more, exactly as it is written: as a string or as a number. It must be given; its currency may be named.</summary>
    public Money Amount(string name)
    {
        if (Text("currency", "USD") != "USD")
            throw OrchestraException.Invalid(_path + "currency", "The only currency is USD. Leave the field out, or convert the amount.");
        var text = !_object.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => Read(value, name),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return Money.TryParse(text, out var money) && money >= Money.Zero && money != Money.Max
            ? money
            : throw Wrong(name, $"a decimal number of dollars such as \"12.50\": from 0 up to {Money.Max}, with at most nine decimal places, without an exponent");
    }

    /// <summary>A list of whole numbers; none where it is not given or null.</summary>
    public IReadOnlyList<int>? Numbers(string name)
    {
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
            ? [.. value.EnumerateArray().Select(item => item.GetInt32())]
            : throw Wrong(name, "a list of whole numbers, or null");
    }

    /// <summary>A time with its offset; what it is now where the field is not given, none where it is null.</summary>
    public DateTimeOffset? Time(string name, DateTimeOffset? now)
    {
        if (!_object.TryGetProperty(name, out var value))
            return now;
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        // Without an offset it would mean another moment on each host.
        return value.ValueKind == JsonValueKind.String && Read(value, name) is { Length: >= 16 } text && (text[^1] == 'Z' || text[^6] is '+' or '-') && value.TryGetDateTimeOffset(out var time)
            ? time
            : throw Wrong(name, "a time such as \"2027-01-31T18:00:00Z\", or null");
    }

    /// <summary>A list of texts; what it is now where the field is not given, none where it is null.</summary>
    public IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? now)
    {
        if (!_object.TryGetProperty(name, out var value))
            return now;
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => Read(item, name))]
            : throw Wrong(name, "a list of strings, or null");
    }

    /// <summary>Pairs of texts, merged into what is there now: a pair whose value is null is taken out, and null takes out all.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name, IReadOnlyDictionary<string, string> now)
    {
        if (!_object.TryGetProperty(name, out var value))
            return now;
        if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
            throw Wrong(name, "an object of strings, or null");
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null)
            return pairs;
        foreach (var (key, text) in now)
            pairs[key] = text;
        foreach (var pair in value.EnumerateObject())
        {
            if (pair.Value.ValueKind == JsonValueKind.Null)
                pairs.Remove(pair.Name);
            else
                pairs[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? Read(pair.Value, name) : throw Wrong(name, "an object of strings, or null");
        }

        return pairs;
    }

    /// <summary>The fields of an object within; null where the field is not given or null, and <paramref name="isNull"/> tells which.</summary>
    public BodyFields? Within(string name, out bool isNull, params string[] known)
    {
        isNull = false;
        if (!_object.TryGetProperty(name, out var value))
            return null;
        isNull = value.ValueKind == JsonValueKind.Null;
        if (isNull)
            return null;
        return value.ValueKind == JsonValueKind.Object ? new BodyFields(value, $"{_path}{name}.", known) : throw Wrong(name, "an object, or null");
    }

    private string Read(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "valid Unicode text");
        }
    }

    private OrchestraException Wrong(string name, string takes) => OrchestraException.Invalid(_path + name, $"The field '{_path}{name}' takes {takes}.");

    private static string Shown(string name) => name.Length <= 64 ? name : string.Concat(name.AsSpan(0, 64), "…");
}
