using Npgsql;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Postgres;

/// <summary>What is wrong with a database that cannot be opened, and what to change.</summary>
internal static class PostgresErrors
{
    /// <summary>The error in an operator's words.</summary>
    public static OrchestraException Explain(Exception error, string description) =>
        new(ErrorCode.InvalidConfiguration, 500, $"{description} cannot be used: {Describe(error)}", error);

    private static string Describe(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "it does not accept this user and password; correct them in ORCHESTRA_POSTGRES or Orchestra:Storage:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            "there is no such database; create it with CREATE DATABASE, or name another.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"the user lacks a right ({denied.MessageText}); let it create a schema with GRANT CREATE ON DATABASE, or make it the owner of the schema orchestra.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            "it has no connection left; lower Orchestra:Storage:MaxConnections or raise the server's max_connections.",
        PostgresException other => $"it answered {other.SqlState} ({other.MessageText}).",
        _ => $"there is no connection ({(error.InnerException ?? error).Message}); check that the server runs and that the host and port are right.",
    };
}
