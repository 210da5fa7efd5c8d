namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>A request as the upstream saw it.</summary>
/// <param name="Line">The request line.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record FaultyRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body);
