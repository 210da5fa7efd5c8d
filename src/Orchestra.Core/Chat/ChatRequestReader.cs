using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Chat;

/// <summary>Reads a chat completions request in one pass over its bytes, checking what Orchestra relies on and nothing else.</summary>
public static class ChatRequestReader
{
    /// <summary>Reads a request; throws <see cref="OrchestraException"/> (400) that names the position or the field at fault.</summary>
    /// <param name="body">UTF-8 JSON; kept by the request, so it must not change.</param>
    public static ChatRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var request = new Pass(body).Run();
            return JsonUnicode.FindFault(body.Span) is var fault and >= 0 ? throw NotUnicode(body.Span, fault) : request;
        }
        catch (JsonException exception)
        {
            var line = (exception.LineNumber ?? 0) + 1;
            var column = (exception.BytePositionInLine ?? 0) + 1;
            throw new OrchestraException(
                ErrorCode.InvalidJson, 400, $"The request body is not valid JSON: see line {line}, byte {column}. Send an object as OpenAI's chat completions API takes it.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Utf8JsonReader throws this for text that is not valid UTF-8 or has a lone surrogate, where it looks at it.
            throw NotUnicode(body.Span, Math.Max(0, JsonUnicode.FindFault(body.Span)), exception);
        }
    }

    private static OrchestraException NotUnicode(ReadOnlySpan<byte> body, int offset, Exception? inner = null)
    {
        var before = body[..offset];
        return new OrchestraException(
            ErrorCode.InvalidJson, 400,
            $"The request body has a string that is not valid Unicode: see line {before.Count((byte)'\n') + 1}, byte {offset - before.LastIndexOf((byte)'\n')}. Send UTF-8.", inner);
    }

    private ref struct Pass
    {
        private readonly ReadOnlyMemory<byte> _body;
        private readonly List<ChatField> _fields = new(8);
        private Utf8JsonReader _reader;
        private string? _model;
        private bool _stream;
        private bool _includeUsage;
        private int? _maxTokens;
        private int? _maxCompletionTokens;
        private int _choices = 1;
        private bool _hasTools;
        private bool _requiresJson;
        private bool _hasMessages;
        private MessageFacts _messages;
        private TextSize _tools;
        private TextSize _others;

        public Pass(ReadOnlyMemory<byte> body)
        {
            _body = body;
            _reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 64 });
        }

        public ChatRequest Run()
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
                throw OrchestraException.Invalid("body", "The request body must be a JSON object.");
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
                ReadField();
            if (_reader.Read())
                throw new JsonException("Text follows the object.");
            if (_model is null)
                throw OrchestraException.Invalid("model", "The field 'model' is missing: give \"orchestra\", or the name of an expert from GET /v1/models.");
            if (!_hasMessages)
                throw OrchestraException.Invalid("messages", "The field 'messages' is missing: give a non-empty array of messages.");
            return new ChatRequest(_body, [.. _fields])
            {
                Model = _model,
                Stream = _stream,
                IncludeUsage = _includeUsage,
                MaxOutputTokens = SmallerOf(_maxCompletionTokens, _maxTokens),
                Choices = _choices,
                HasTools = _hasTools,
                RequiresJson = _requiresJson,
                MediaParts = _messages.MediaParts,
                MessageCount = _messages.Count,
                IsMultiTurn = _messages.Count - _messages.SystemCount > 1,
                Text = _messages.Text + _tools + _others,
            };
        }

        private void ReadField()
        {
            var kind = FieldNames.KindOf(ref _reader);
            var nameStart = (int)_reader.TokenStartIndex;
            if (kind != ChatFieldKind.Other && _fields.Exists(field => field.Kind == kind))
                throw OrchestraException.Invalid(_reader.GetString()!, $"The field '{_reader.GetString()}' is given twice; give it once.");
            if (kind == ChatFieldKind.Other && FieldNames.Lookalike(ref _reader) is { } meant)
                throw OrchestraException.Invalid(meant, $"The field '{meant}' is written in another case; write it as '{meant}'.");
            _reader.Read();
            var valueStart = (int)_reader.TokenStartIndex;
            ReadValue(kind, valueStart);
            _fields.Add(new ChatField(kind, nameStart, valueStart, (int)_reader.BytesConsumed));
        }

        private void ReadValue(ChatFieldKind kind, int valueStart)
        {
            switch (kind)
            {
                case ChatFieldKind.Model:
                    _model = _reader.TokenType == JsonTokenType.String && _reader.ValueSpan.Length is > 0 and <= 256
                        ? _reader.GetString()
                        : throw OrchestraException.Invalid("model", "The field 'model' must be a string of 1 to 256 characters.");
                    break;
                case ChatFieldKind.Messages:
                    _messages = MessageFacts.Read(ref _reader, _body.Span);
                    _hasMessages = true;
                    break;
                case ChatFieldKind.Stream:
                    _stream = ReadBoolean("stream");
                    break;
                case ChatFieldKind.StreamOptions:
                    ReadStreamOptions();
                    break;
                case ChatFieldKind.MaxTokens:
                    _maxTokens = ReadCount("max_tokens", int.MaxValue);
                    break;
                case ChatFieldKind.MaxCompletionTokens:
                    _maxCompletionTokens = ReadCount("max_completion_tokens", int.MaxValue);
                    break;
                case ChatFieldKind.Choices:
                    _choices = ReadCount("n", 128) ?? 1;
                    break;
                case ChatFieldKind.Tools:
                    _hasTools = ReadTools(valueStart);
                    break;
                case ChatFieldKind.ResponseFormat:
                    ReadResponseFormat();
                    _others += SizeFrom(valueStart);
                    break;
                default:
                    // Documents, functions, templates: whatever Orchestra does not know may reach the prompt, and is paid for then.
                    var isScalar = _reader.TokenType is not (JsonTokenType.String or JsonTokenType.StartObject or JsonTokenType.StartArray);
                    _reader.Skip();
                    _others += isScalar ? default : SizeFrom(valueStart);
                    break;
            }
        }

        private readonly TextSize SizeFrom(int start) => TextSize.Of(_body.Span[start..(int)_reader.BytesConsumed]);

        private static int? SmallerOf(int? a, int? b) => a is null || b < a ? b : a;

        private readonly bool ReadBoolean(string name) => _reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw OrchestraException.Invalid(name, $"The field '{name}' must be true or false."),
        };

        private readonly int? ReadCount(string name, int most)
        {
            if (_reader.TokenType == JsonTokenType.Null)
                return null;
            return _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var count) && count >= 1 && count <= most
                ? count
                : throw OrchestraException.Invalid(name, $"The field '{name}' must be a whole number from 1 to {most}.");
        }

        private void ReadStreamOptions()
        {
            if (_reader.TokenType == JsonTokenType.Null)
                return;
            if (_reader.TokenType != JsonTokenType.StartObject)
                throw OrchestraException.Invalid("stream_options", "The field 'stream_options' must be an object.");
            var isGiven = false;
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUsage = _reader.ValueTextEquals("include_usage"u8);
                _reader.Read();
                if (isUsage)
                    _includeUsage = Once(ref isGiven, "stream_options.include_usage") && ReadBoolean("stream_options.include_usage");
                else
                    _reader.Skip();
            }
        }

        private bool ReadTools(int valueStart)
        {
            if (_reader.TokenType == JsonTokenType.Null)
                return false;
            if (_reader.TokenType != JsonTokenType.StartArray)
                throw OrchestraException.Invalid("tools", "The field 'tools' must be an array.");
            var first = _reader;
            first.Read();
            _reader.Skip();
            _tools = SizeFrom(valueStart);
            return first.TokenType != JsonTokenType.EndArray;
        }

        private void ReadResponseFormat()
        {
            if (_reader.TokenType == JsonTokenType.Null)
                return;
            if (_reader.TokenType != JsonTokenType.StartObject)
                throw OrchestraException.Invalid("response_format", "The field 'response_format' must be an object.");
            var isGiven = false;
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = _reader.ValueTextEquals("type"u8) && Once(ref isGiven, "response_format.type");
                _reader.Read();
                if (isType && _reader.TokenType == JsonTokenType.String)
                    _requiresJson = _reader.ValueTextEquals("json_object"u8) || _reader.ValueTextEquals("json_schema"u8);
                else
                    _reader.Skip();
            }
        }

        /// <summary>True the first time; throws the second, when two servers could read two values.</summary>
        private static bool Once(ref bool isGiven, string field) =>
            isGiven ? throw OrchestraException.Invalid(field, $"The field '{field}' is given twice; give it once.") : isGiven = true;
    }
}
