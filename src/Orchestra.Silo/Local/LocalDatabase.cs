using Orchestra.Hosting;

namespace Orchestra.Silo.Local;

/// <summary>The database of a cluster on one machine: one that is given, or a PostgreSQL that is started for it.</summary>
internal sealed class LocalDatabase : IAsyncDisposable
{
    private const string Variable = "ORCHESTRA_POSTGRES";
    private readonly LocalPostgres? _own;

    private LocalDatabase(string connectionString, LocalPostgres? own)
    {
        ConnectionString = connectionString;
        _own = own;
    }

    /// <summary>How it is reached.</summary>
    public string ConnectionString { get; }

    /// <summary>Opens it; throws <see cref="HostException"/> where none is given and none can be started.</summary>
    public static async Task<LocalDatabase> OpenAsync(string? given, string folder, TextWriter output, CancellationToken ct)
    {
        if ((given ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } connectionString)
            return new LocalDatabase(connectionString, null);
        var own = await LocalPostgres.StartAsync(Path.Combine(folder, "postgres"), ct);
        await output.WriteLineAsync($"PostgreSQL runs for this cluster, its data in {own.Folder}");
        return new LocalDatabase(own.ConnectionString, own);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
