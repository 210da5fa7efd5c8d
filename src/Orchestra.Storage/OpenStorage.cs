using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage;

/// <summary>Where a host keeps everything: a folder of its own, or a database that hosts share.</summary>
public sealed class OpenStorage : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PostgresDatabase? _database;

    private OpenStorage(string folder, PostgresDatabase? database)
    {
        _folder = folder;
        _database = database;
    }

    /// <summary>The place, without any password.</summary>
    public string Description => _database?.Description ?? Path.GetFullPath(_folder);

    /// <summary>Opens what the configuration names.</summary>
    public static async Task<OpenStorage> OpenAsync(StorageOptions options, ILoggerFactory loggers, CancellationToken ct) => new(
        options.Folder,
        options.Kind == StorageOptions.Postgres ? await PostgresDatabase.OpenAsync(options, loggers.CreateLogger<PostgresDatabase>(), ct) : null);

    /// <summary>Adds the stores to the host.</summary>
    public void AddTo(IServiceCollection services)
    {
        if (_database is null)
            services.AddSqliteStorage(_folder);
        else
            services.AddPostgresStorage(_database);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
