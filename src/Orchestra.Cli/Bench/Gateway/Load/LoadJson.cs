using System.Text.Json.Serialization;

namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>The line protocol between the bench and its load generator.</summary>
[JsonSerializable(typeof(LoadPlan))]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
