using System.Text.Json.Serialization;

namespace Orchestra.Core.Learning.Training;

/// <summary>The JSON form of texts.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
