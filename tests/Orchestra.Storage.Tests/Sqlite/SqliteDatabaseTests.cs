using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestra-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Its_files_are_their_owners_alone_even_in_a_folder_that_all_may_read()
    {
        // Windows has no such rights.
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        var database = new SqliteDatabase(_folder, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        using var connection = database.Connect();

        var files = Directory.GetFiles(_folder);
        files.Length.ShouldBe(3);
        foreach (var file in files)
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }
}
