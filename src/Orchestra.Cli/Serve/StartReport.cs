using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;

namespace Orchestra.Cli.Serve;

/// <summary>What a node says when it has started.</summary>
internal sealed class StartReport(OrchestraOptions options, NodeExperts experts, FirstStartKeys keys, IEnumerable<string> addresses)
{
    /// <summary>Writes the report.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        var descriptors = experts.Experts.Select(expert => expert.Descriptor).OrderBy(expert => expert.Name, StringComparer.Ordinal).ToList();
        foreach (var note in experts.Notes)
            await output.WriteLineAsync(note);
        await output.WriteLineAsync($"Experts: {string.Join(", ", descriptors.Select(Describe))}");
        if (!descriptors.Exists(expert => expert.IsChat))
            await output.WriteLineAsync("There is no chat model yet: set OPENAI_API_KEY, start Ollama, or add one under Orchestra:Experts in orchestra.json (see docs/configuration.md).");
        await output.WriteLineAsync($"Data: {Path.GetFullPath(options.Storage.Folder)}");
        if (keys.ApiKey is not null)
            await output.WriteLineAsync($"API key (shown once): {keys.ApiKey}");
        if (keys.AdminKey is not null)
            await output.WriteLineAsync($"Admin key (shown once): {keys.AdminKey}");
        foreach (var address in addresses)
            await output.WriteLineAsync($"Listening on {address}");
        await output.FlushAsync();
    }

    private static string Describe(ExpertDescriptor expert) => expert.Price.IsFree ? $"{expert.Name} ({expert.Kind}, free)" : $"{expert.Name} ({expert.Kind}, ${expert.Price.InputPerMillion}/${expert.Price.OutputPerMillion} per million tokens)";
}
