namespace Orchestra.Core.Experts;

/// <summary>How a tool is offered to a model.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="ParametersSchema">JSON schema of its arguments, an object.</param>
/// <param name="MainParameter">The argument that takes a bare query when there is no JSON.</param>
public sealed record ToolDefinition(string Name, string Description, string ParametersSchema, string MainParameter);
