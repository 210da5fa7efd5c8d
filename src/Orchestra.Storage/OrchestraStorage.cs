using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage;

/// <summary>Registers the storage that the configuration names.</summary>
public static class OrchestraStorage
{
    /// <summary>Adds the stores of ledgers, tenants and trajectories.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options) => options.Kind switch
    {
        "sqlite" => services.AddSqliteStorage(options.Folder),
        _ => throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, $"Orchestra:Storage:Kind is '{options.Kind}'; the store there is: sqlite."),
    };
}
