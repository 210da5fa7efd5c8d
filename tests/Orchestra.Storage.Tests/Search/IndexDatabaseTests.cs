using System.Collections;
using Microsoft.Data.Sqlite;
using Orchestra.Core.Errors;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public sealed class IndexDatabaseTests : IDisposable
{
    private readonly Library _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public async Task The_file_is_in_wal_mode_and_marked_as_a_search_index()
    {
        await using (var index = _library.Index())
            await index.SearchAsync("pelican", null, CancellationToken.None);

        using var connection = Connect();
        Scalar(connection, "PRAGMA journal_mode").ShouldBe("wal");
        ((long)Scalar(connection, "PRAGMA application_id")!).ShouldNotBe(0);
    }

    [Fact]
    public async Task An_index_of_another_version_is_rebuilt()
    {
        _library.Write("a.md", "pelican");
        await using (var index = _library.Index())
            await index.SearchAsync("pelican", null, CancellationToken.None);
        using (var connection = Connect())
            Scalar(connection, "UPDATE meta SET value = 'of another version'; DROP TABLE files; CREATE TABLE files (something)");

        await using var again = _library.Index();
        (await again.SearchAsync("pelican", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();
        again.LastPass!.Read.ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_holds_something_else_is_refused_and_stays_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_library.Options.DatabasePath)!);
        using (var connection = Connect())
            Scalar(connection, "CREATE TABLE files (precious); INSERT INTO files VALUES ('gold')");

        await using var index = _library.Index();
        var exception = await Should.ThrowAsync<OrchestraException>(() => index.SearchAsync("gold", null, CancellationToken.None));

        exception.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        using var after = Connect();
        Scalar(after, "SELECT precious FROM files").ShouldBe("gold");
        Scalar(after, "PRAGMA journal_mode").ShouldBe("delete");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_a_clear_error_and_may_be_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_library.Options.DatabasePath)!);
        await File.WriteAllTextAsync(_library.Options.DatabasePath, string.Join('\n', Enumerable.Repeat("This is no database.", 100)));
        _library.Write("a.md", "pelican");
        await using var index = _library.Index();

        var exception = await Should.ThrowAsync<OrchestraException>(() => index.SearchAsync("pelican", null, CancellationToken.None));
        exception.Message.ShouldContain("delete it");

        File.Delete(_library.Options.DatabasePath);
        (await index.SearchAsync("pelican", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_process_that_dies_within_a_file_leaves_that_file_as_it_was()
    {
        _library.Write("a.md", "# One\n\npelican");
        await using (var index = _library.Index())
            await index.SearchAsync("pelican", null, CancellationToken.None);

        // What stands on the disk in the middle of a change is what a process that dies there leaves behind.
        var image = Path.Combine(Path.GetDirectoryName(_library.Options.DatabasePath)!, "image.db");
        var database = new IndexDatabase(_library.Options);
        using (var connection = database.Open())
        {
            var passages = new PassagesThatEndInDeath(() => Copy(_library.Options.DatabasePath, image));
            Should.Throw<IOException>(() => new IndexWriter(connection).Put(new SourceFile("a.md", "/", 1, 1), [1], FileState.Indexed, passages));
        }

        database.Close();
        foreach (var path in new[] { image, _library.Options.DatabasePath })
        {
            await using var index = _library.Index(options => options with { DatabasePath = path });
            (await index.SearchAsync("pelican", null, CancellationToken.None)).Passages.ShouldHaveSingleItem().Heading.ShouldBe("One");
            (await index.SearchAsync("doomed", null, CancellationToken.None)).Passages.ShouldBeEmpty();
            index.LastPass!.Read.ShouldBe(0);
        }
    }

    private static void Copy(string database, string image)
    {
        foreach (var end in new[] { string.Empty, "-wal" })
        {
            if (File.Exists(database + end))
                File.Copy(database + end, image + end);
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_library.Options.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private sealed class PassagesThatEndInDeath(Action beforeDeath) : IReadOnlyList<Passage>
    {
        public int Count => 2;

        public Passage this[int index]
        {
            get
            {
                if (index == 0)
                    return new Passage("Two", 1, "doomed");
                beforeDeath();
                throw new IOException("The end.");
            }
        }

        public IEnumerator<Passage> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
