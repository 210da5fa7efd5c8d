using Orchestra.Hosting.Experts;
using Orchestra.Hosting.Http;
using Orchestra.Core.Experts;

namespace Orchestra.Hosting.Start;

/// <summary>What a host says when it has started: what it found, where it listens and, after a first start, what to do next.</summary>
public sealed class StartReport(string data, HostExperts experts, FirstStartKeys keys, IReadOnlyCollection<string> addresses)
{
    /// <summary>Writes the report.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        var descriptors = experts.Experts.Select(expert => expert.Descriptor).OrderBy(expert => expert.Name, StringComparer.Ordinal).ToList();
        foreach (var note in experts.Notes)
            await output.WriteLineAsync(note);
        await output.WriteLineAsync("Experts:");
        var width = descriptors.Max(expert => expert.Name.Length);
        foreach (var expert in descriptors)
            await output.WriteLineAsync($"  {expert.Name.PadRight(width)}  {expert.Kind}, {PriceOf(expert.Price)}");
        if (!descriptors.Exists(expert => expert.IsChat))
            await output.WriteLineAsync("There is no chat model yet: set OPENAI_API_KEY, start Ollama, or add one under Orchestra:Experts in orchestra.json (see docs/configuration.md).");
        await output.WriteLineAsync($"Data: {data}");
        foreach (var address in addresses)
            await output.WriteLineAsync($"Listening on {address}");
        if (keys.ApiKey is not null)
            await WriteNextAsync(output);
        await output.FlushAsync();
    }

    private async Task WriteNextAsync(TextWriter output)
    {
        var url = addresses.First();
        await output.WriteLineAsync(
            $"""

            Try it in another terminal:
              export ORCHESTRA_API_KEY={keys.ApiKey}
              ./orchestra ask "What is 12.5% of 3/7?"{(url == HttpHost.DefaultUrl ? string.Empty : $" --url {url}")}
            OpenAI clients take the same key and {url}/v1 as their base address.

            """);
    }

    private static string PriceOf(ExpertPrice price)
    {
        if (price.IsFree)
            return "free";
        var tokens = $"${price.InputPerMillion} in, ${price.OutputPerMillion} out per million tokens";
        return price.PerCall.IsZero ? tokens : $"{tokens}, ${price.PerCall} per call";
    }
}
