using Microsoft.Data.Sqlite;

namespace Orchestra.Storage.Search;

/// <summary>Changes the index one whole file at a time: a process that dies leaves each file as it was or as it is, never between.</summary>
internal sealed class IndexWriter(SqliteConnection connection)
{
    /// <summary>All files that the index knows, by path.</summary>
    public Dictionary<string, IndexedFile> Files()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, path, length, modified, hash, state FROM files";
        using var reader = command.ExecuteReader();
        var files = new Dictionary<string, IndexedFile>(StringComparer.Ordinal);
        while (reader.Read())
        {
            files[reader.GetString(1)] = new IndexedFile(
                reader.GetInt64(0), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), (FileState)reader.GetInt32(5));
        }

        return files;
    }

    /// <summary>Puts a file in place of what the index held of it.</summary>
    public void Put(SourceFile file, byte[] hash, FileState state, IReadOnlyList<Passage> passages)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = PutFile(file, hash, state);
        RemovePassages(id);
        PutPassages(id, file.Path, passages);
        transaction.Commit();
    }

    /// <summary>Notes that a file with another length or time has the same bytes.</summary>
    public void Touch(SourceFile file, IndexedFile known) => PutFile(file, known.Hash, known.State);

    /// <summary>Takes a file out of the index.</summary>
    public void Remove(long id)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        RemovePassages(id);
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM files WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>Documents whose passages are in the index.</summary>
    public int CountDocuments()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM files WHERE state = $state";
        command.Parameters.AddWithValue("$state", (int)FileState.Indexed);
        return (int)(long)command.ExecuteScalar()!;
    }

    private long PutFile(SourceFile file, byte[] hash, FileState state)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO files (path, length, modified, hash, state) VALUES ($path, $length, $modified, $hash, $state)
            ON CONFLICT (path) DO UPDATE SET length = excluded.length, modified = excluded.modified, hash = excluded.hash, state = excluded.state
            RETURNING id
            """;
        command.Parameters.AddWithValue("$path", file.Path);
        command.Parameters.AddWithValue("$length", file.Length);
        command.Parameters.AddWithValue("$modified", file.Modified);
        command.Parameters.AddWithValue("$hash", hash);
        command.Parameters.AddWithValue("$state", (int)state);
        return (long)command.ExecuteScalar()!;
    }

    private void PutPassages(long id, string path, IReadOnlyList<Passage> passages)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO passages (rowid, name, heading, text, line) VALUES ($row, $name, $heading, $text, $line)";
        var row = command.Parameters.Add("$row", SqliteType.Integer);
        command.Parameters.AddWithValue("$name", Path.ChangeExtension(path, null));
        var heading = command.Parameters.Add("$heading", SqliteType.Text);
        var text = command.Parameters.Add("$text", SqliteType.Text);
        var line = command.Parameters.Add("$line", SqliteType.Integer);
        for (var i = 0; i < passages.Count; i++)
        {
            row.Value = (id << IndexDatabase.PassageBits) + i;
            heading.Value = passages[i].Heading;
            text.Value = passages[i].Text;
            line.Value = passages[i].Line;
            command.ExecuteNonQuery();
        }
    }

    private void RemovePassages(long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM passages WHERE rowid >= $first AND rowid < $end";
        command.Parameters.AddWithValue("$first", id << IndexDatabase.PassageBits);
        command.Parameters.AddWithValue("$end", (id + 1) << IndexDatabase.PassageBits);
        command.ExecuteNonQuery();
    }
}
