using Microsoft.Data.Sqlite;

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
}
