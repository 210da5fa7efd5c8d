namespace Orchestra.Core.Experts.Discovery;

/// <summary>A model server that may run on this machine.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Endpoint">Its base address.</param>
public sealed record LocalServer(string Name, Uri Endpoint)
{
    /// <summary>The usual servers on their usual ports.</summary>
    public static IReadOnlyList<LocalServer> Usual { get; } =
    [
        new("Ollama", new Uri("http://127.0.0.1:11434/v1")),
        new("vLLM", new Uri("http://127.0.0.1:8000/v1")),
        new("llama.cpp", new Uri("http://127.0.0.1:8080/v1")),
        new("LM Studio", new Uri("http://127.0.0.1:1234/v1")),
    ];
}
