using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orchestra.Storage.Sqlite;

/// <summary>A prepared statement that is bound and run without allocating, for the path on which every paid call waits.</summary>
internal sealed class RawStatement : IDisposable
{
    private const uint KeptForLong = 1; // SQLITE_PREPARE_PERSISTENT
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public RawStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, KeptForLong, out _statement));
    }

    public RawStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public RawStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    public RawStatement Bind(int index, string value)
    {
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = length <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(length);
        var rc = raw.sqlite3_bind_text(_statement, index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Check(rc);
        return this;
    }

    /// <summary>Binds a text, or null in place of an empty one.</summary>
    public RawStatement BindText(int index, string? value) => string.IsNullOrEmpty(value) ? BindNull(index) : Bind(index, value);

    /// <summary>Runs it; false where a constraint forbids it.</summary>
    public bool TryRun()
    {
        var rc = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if ((rc & 0xFF) == raw.SQLITE_CONSTRAINT)
            return false;
        Check(rc);
        return true;
    }

    /// <summary>Runs it and forgets its rows.</summary>
    public void Run()
    {
        var rc = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(rc);
    }

    /// <summary>Runs it and returns the first column of its one row.</summary>
    public long ReadLong()
    {
        var rc = raw.sqlite3_step(_statement);
        var value = rc == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : 0;
        raw.sqlite3_reset(_statement);
        Check(rc);
        return value;
    }

    /// <summary>Moves to the next row; false behind the last one. <see cref="Reset"/> has to follow.</summary>
    public bool Step()
    {
        var rc = raw.sqlite3_step(_statement);
        Check(rc);
        return rc == raw.SQLITE_ROW;
    }

    /// <summary>Makes it ready to be bound and run again.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A text's bytes, which are good until the next step; empty for null.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => Utf8(column) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : string.Empty;

    public void Dispose() => _statement.Dispose();

    private void Check(int rc)
    {
        if (rc is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(rc, _database);
    }
}
