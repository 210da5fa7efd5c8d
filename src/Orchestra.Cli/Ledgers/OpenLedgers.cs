using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Configuration;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Storage;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Cli.Ledgers;

/// <summary>The ledgers of an installation, opened by a command beside the nodes that may be running.</summary>
internal sealed class OpenLedgers : IAsyncDisposable
{
    private readonly OpenStorage _storage;
    private readonly ServiceProvider _services;

    private OpenLedgers(OpenStorage storage, ServiceProvider services)
    {
        _storage = storage;
        _services = services;
    }

    public ILedgerStore Store => _services.GetRequiredService<ILedgerStore>();

    public ILedgerReports Reports => _services.GetRequiredService<ILedgerReports>();

    public ITrajectoryHistory Trajectories => _services.GetRequiredService<ITrajectoryHistory>();

    public ITenantStore Tenants => _services.GetRequiredService<ITenantStore>();

    /// <summary>Opens them; throws where there are none, since a command that reads must not make an empty installation.</summary>
    public static async Task<OpenLedgers> OpenAsync(OrchestraOptions options, CancellationToken ct)
    {
        var file = Path.Combine(options.Storage.Folder, SqliteSchema.Main.FileName);
        if (options.Storage.Kind == "sqlite" && !File.Exists(file))
            throw new CommandException($"There is no database {file}. Give the folder of the node's data with --data, or its configuration with --config.");
        var services = new ServiceCollection();
        var loggers = LoggerFactory.Create(_ => { });
        services.AddSingleton(loggers).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(TimeProvider.System).AddSingleton(options.Trajectories);
        var storage = await OpenStorage.OpenAsync(options.Storage, loggers, ct);
        storage.AddTo(services);
        return new OpenLedgers(storage, services.BuildServiceProvider());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
