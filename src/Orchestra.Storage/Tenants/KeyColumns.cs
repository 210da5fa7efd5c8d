using System.Text.Json.Serialization;

namespace Orchestra.Storage.Tenants;

/// <summary>The columns of keys that hold JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class KeyColumns : JsonSerializerContext;
