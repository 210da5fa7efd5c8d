using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.Calculator;
using Orchestra.Core.Experts.Discovery;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Storage.Search;

namespace Orchestra.Hosting.Experts;

/// <summary>Makes a host's experts: those that the configuration names, or what the machine has where it names none.</summary>
public sealed class HostExperts : IAsyncDisposable
{
    private readonly List<IExpert> _experts = [];
    private readonly List<SearchIndex> _indexes = [];
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly string _dataFolder;

    private HostExperts(TimeProvider time, ILoggerFactory loggers, string dataFolder)
    {
        _time = time;
        _loggers = loggers;
        _dataFolder = dataFolder;
    }

    /// <summary>The experts; the catalogue that takes them disposes them.</summary>
    public IReadOnlyList<IExpert> Experts => _experts;

    /// <summary>Sentences on what was found, for the operator.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Makes the experts.</summary>
    /// <param name="options">The configuration, checked.</param>
    /// <param name="urls">The addresses that the host itself will listen on, never taken for an expert.</param>
    /// <param name="loggers">Makes loggers.</param>
    /// <param name="ct">Stops looking around.</param>
    public static async Task<HostExperts> CreateAsync(OrchestraOptions options, IReadOnlyList<Uri> urls, ILoggerFactory loggers, CancellationToken ct)
    {
        var experts = new HostExperts(TimeProvider.System, loggers, options.Storage.Folder);
        if (options.Experts.Count == 0)
            await experts.DiscoverAsync(urls, ct);
        foreach (var (name, expert) in options.Experts)
            experts.Add(name, expert);
        return experts;
    }

    /// <summary>Makes only the tools of the configuration, for hosts whose chat experts are elsewhere.</summary>
    public static HostExperts CreateTools(OrchestraOptions options, ILoggerFactory loggers)
    {
        var experts = new HostExperts(TimeProvider.System, loggers, options.Storage.Folder);
        foreach (var (name, expert) in options.Experts.Where(expert => expert.Value.Kind is "calculator" or "search"))
            experts.Add(name, expert);
        return experts;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var index in _indexes)
            await index.DisposeAsync();
    }

    private async Task DiscoverAsync(IReadOnlyList<Uri> urls, CancellationToken ct)
    {
        var discovery = new ExpertDiscovery(new ExpertDiscoveryOptions { OwnPorts = [.. urls.Select(url => url.Port)] }, Environment.GetEnvironmentVariable, _time);
        var found = await discovery.FindAsync(ct);
        Notes.AddRange(found.Report);
        foreach (var expert in found.Experts)
            _experts.Add(new OpenAIExpert(expert, _time, _loggers.CreateLogger<OpenAIExpert>()));
        Add("calculator", new ExpertOptions { Kind = "calculator" });
        Add("docs", new ExpertOptions { Kind = "search" });
    }

    private void Add(string name, ExpertOptions expert) => _experts.Add(expert.Kind switch
    {
        "calculator" => new CalculatorExpert(name, _time, IdGenerator.Default),
        "search" => new SearchExpert(name, Index(name, expert.Folder ?? Path.Combine(AppContext.BaseDirectory, "docs")), _time),
        _ => new OpenAIExpert(ChatExperts.Resolve(name, expert, Environment.GetEnvironmentVariable, Notes), _time, _loggers.CreateLogger<OpenAIExpert>()),
    });

    private SearchIndex Index(string name, string folder)
    {
        var index = new SearchIndex(
            new SearchOptions { Folder = Path.GetFullPath(folder), DatabasePath = Path.Combine(_dataFolder, $"search-{name}.db") }, _time, _loggers.CreateLogger<SearchIndex>());
        _indexes.Add(index);
        index.Start();
        return index;
    }
}
