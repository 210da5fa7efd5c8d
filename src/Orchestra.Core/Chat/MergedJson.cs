using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>
/// A JSON value that comes in pieces: texts grow, objects and indexed lists merge, other lists grow, of anything else the last one counts. Texts stay as
/// they were escaped, so that a character cut in two is whole again when both halves have come.
/// </summary>
/// <param name="limit">Bounds what is kept.</param>
internal sealed class MergedJson(ByteLimit limit)
{
    /// <summary>Bytes that a value costs beside its text.</summary>
    private const int Overhead = 64;

    private static readonly OrderedDictionary<string, MergedJson> NoFields = [];

    private OrderedDictionary<string, MergedJson>? _fields;
    private List<(long? Index, MergedJson Value)>? _items;
    private ArrayBufferWriter<byte>? _text;
    private byte[] _raw = "null"u8.ToArray();

    /// <summary>The fields of an object; empty for anything else.</summary>
    public IReadOnlyDictionary<string, MergedJson> Fields => _fields ?? NoFields;

    /// <summary>Whether nothing has come, or only null and what is empty.</summary>
    public bool IsEmpty =>
        _text is not null ? _text.WrittenCount <= 1
        : _items is not null ? _items.Count == 0
        : _fields is not null ? _fields.Count == 0
        : _raw.AsSpan().SequenceEqual("null"u8);

    /// <summary>Adds a piece of the value.</summary>
    /// <param name="name">The name of the field that it is.</param>
    /// <param name="piece">The piece; null adds nothing.</param>
    /// <param name="textGrows">Whether a text is continued by the next one, as in a delta, instead of being replaced by it.</param>
    public void Merge(string name, JsonElement piece, bool textGrows)
    {
        switch (piece.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                Become(list: false);
                foreach (var field in piece.EnumerateObject())
                    Field(field.Name).Merge(field.Name, field.Value, textGrows);
                break;
            case JsonValueKind.Array:
                Become(list: true);
                foreach (var item in piece.EnumerateArray())
                    AddItem(item, textGrows);
                break;
            case JsonValueKind.String:
                AddText(name, JsonMarshal.GetRawUtf8Value(piece)[1..^1], textGrows);
                break;
            default:
                Replace(piece);
                break;
        }
    }

    /// <summary>The field of this name, new where there is none.</summary>
    public MergedJson Field(string name)
    {
        Become(list: false);
        if (_fields!.TryGetValue(name, out var field))
            return field;
        limit.Take(Overhead + name.Length);
        return _fields[name] = new MergedJson(limit);
    }

    /// <summary>Takes a value instead of what has come.</summary>
    public void Replace(JsonElement value) => Replace(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>Takes a value instead of what has come.</summary>
    /// <param name="json">The value as JSON.</param>
    public void Replace(ReadOnlySpan<byte> json)
    {
        limit.Take(json.Length - _raw.Length);
        (_fields, _items, _text) = (null, null, null);
        _raw = json.ToArray();
    }

    /// <summary>Writes the value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="withoutIndex">Whether the items of a list leave out the index by which they were put together.</param>
    public void WriteTo(Utf8JsonWriter json, bool withoutIndex = false)
    {
        if (_text is not null)
        {
            json.WriteRawValue([.. _text.WrittenSpan, (byte)'"'], skipInputValidation: true);
        }
        else if (_items is not null)
        {
            json.WriteStartArray();
            foreach (var (_, item) in _items.OrderBy(item => item.Index ?? long.MaxValue))
            {
                if (item._fields is null)
                    item.WriteTo(json);
                else
                    item.WriteFields(json, withoutIndex);
            }

            json.WriteEndArray();
        }
        else if (_fields is not null)
        {
            WriteFields(json, withoutIndex: false);
        }
        else
        {
            json.WriteRawValue(_raw, skipInputValidation: true);
        }
    }

    private void WriteFields(Utf8JsonWriter json, bool withoutIndex)
    {
        json.WriteStartObject();
        foreach (var (name, field) in _fields!)
        {
            if (withoutIndex && name == "index")
                continue;
            json.WritePropertyName(name);
            field.WriteTo(json, withoutIndex: name == "tool_calls");
        }

        json.WriteEndObject();
    }

    private void AddItem(JsonElement item, bool textGrows)
    {
        long? index = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("index"u8, out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt64(out var number) ? number : null;
        MergedJson? known = index is null ? null : _items!.FindLast(known => known.Index == index).Value;
        if (known is null || StartsAnother(known, item))
        {
            limit.Take(Overhead);
            known = new MergedJson(limit);
            _items!.Add((index, known));
        }

        if (index is null)
            known.Replace(item);
        else
            known.Merge(string.Empty, item, textGrows);
    }

    /// <summary>Some servers give one index to several function calls; those have ids and names of their own.</summary>
    private static bool StartsAnother(MergedJson known, JsonElement item) =>
        item.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String
        && item.TryGetProperty("function"u8, out var function) && function.ValueKind == JsonValueKind.Object
        && function.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(name).Length > 2
        && known.Fields.TryGetValue("id", out var before) && !before.IsEmpty && !before.IsText(JsonMarshal.GetRawUtf8Value(id)[1..^1]);

    private void AddText(string name, ReadOnlySpan<byte> text, bool textGrows)
    {
        if (_text is not null && (text.IsEmpty || (textGrows && IsSaidAgain(name, text))))
            return;
        if (_text is null || !textGrows)
        {
            (_fields, _items) = (null, null);
            _text = new ArrayBufferWriter<byte>(text.Length + 16);
            _text.Write("\""u8);
        }

        limit.Take(text.Length);
        _text.Write(text);
    }

    /// <summary>Whether a text is one that upstreams repeat instead of continuing it.</summary>
    private bool IsSaidAgain(string name, ReadOnlySpan<byte> text) => name switch
    {
        "role" or "type" or "id" or "format" => !IsEmpty,
        "name" => IsText(text),
        _ => name.EndsWith("_id", StringComparison.Ordinal) && !IsEmpty,
    };

    private bool IsText(ReadOnlySpan<byte> text) => _text is not null && _text.WrittenSpan[1..].SequenceEqual(text);

    private void Become(bool list)
    {
        if (list ? _items is not null : _fields is not null && _items is null && _text is null)
            return;
        _text = null;
        _items = list ? [] : null;
        _fields = list ? null : [];
    }
}
