using System.Data.Common;
using Microsoft.Data.Sqlite;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Sqlite;

/// <summary>Short forms for the statements of this folder; their texts are constants of the program, never input.</summary>
internal static class SqliteStatements
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        command.ExecuteNonQuery();
    }

    public static long ReadLong(this SqliteConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A statement with its parameters named $1, $2 …, to be bound by <see cref="Bind"/>.</summary>
    public static SqliteCommand Statement(this SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        return command;
    }

    public static SqliteCommand Bind(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public static int Run(this SqliteConnection connection, Statement statement)
    {
        using var command = connection.Statement(statement.Sql, statement.Values.Length);
        return command.Bind(statement.Values).ExecuteNonQuery();
    }

    /// <summary>Runs a statement and returns its rows.</summary>
    public static IReadOnlyList<T> Read<T>(this SqliteConnection connection, Statement statement, Func<DbDataReader, T> read)
    {
        using var command = connection.Statement(statement.Sql, statement.Values.Length);
        using var rows = command.Bind(statement.Values).ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }
}
