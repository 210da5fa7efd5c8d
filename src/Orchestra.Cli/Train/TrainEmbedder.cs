using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Train;

/// <summary>Which embedder a training makes its vectors with: the one of the options, else that of a node's configuration, else Orchestra's own. The node must use the same.</summary>
internal sealed class TrainEmbedder
{
    private readonly Option<string?> _endpoint = new("--embeddings") { Description = "An OpenAI-compatible endpoint whose /embeddings makes the vectors. Default: Orchestra makes them itself.", HelpName = "url" };
    private readonly Option<string?> _model = new("--embeddings-model") { Description = "The model's name at that endpoint.", HelpName = "name" };
    private readonly Option<string?> _key = new("--embeddings-key-env") { Description = "The environment variable that holds the endpoint's key.", HelpName = "variable" };
    private readonly Option<int> _dimensions = BoundedOption.Create("--embeddings-dimensions", "Numbers of a vector, 16 to 4,096. Default: 256.", 16, OutcomeMemory.MaxDimensions);
    private readonly Option<string?> _config = new("--config") { Description = "A node's configuration file, for its embedder.", HelpName = "file" };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        _dimensions.DefaultValueFactory = _ => new EmbeddingOptions().Dimensions;
        foreach (var option in (Option[])[_endpoint, _model, _key, _dimensions, _config])
            command.Add(option);
    }

    /// <summary>The embedder; null for Orchestra's own.</summary>
    public IEmbedder? Read(ParseResult parse)
    {
        if (parse.GetValue(_endpoint) is not { } endpoint)
            return parse.GetValue(_config) is { } file ? Make(new HostSettings(file, null, null, []).Load().Learning.Embeddings) : null;
        return Make(new EmbeddingOptions
        {
            Endpoint = endpoint,
            Model = parse.GetValue(_model) ?? throw new CommandException("--embeddings needs --embeddings-model, the model's name at the endpoint.", ExitCode.Usage),
            ApiKeyEnv = parse.GetValue(_key),
            Dimensions = parse.GetValue(_dimensions),
        });
    }

    private static OpenAIEmbedder? Make(EmbeddingOptions options) =>
        options.Endpoint is null ? null : new OpenAIEmbedder(options, options.ApiKeyEnv is { } name ? Environment.GetEnvironmentVariable(name) : null, TimeProvider.System);
}
