namespace Orchestra.Cluster.Tests.Schema;

/// <summary>A grain that keeps one line, and counts its reminders.</summary>
[Alias("Orchestra.Cluster.Tests.Schema.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task<string> WriteAsync(string line);

    [Alias("Read")]
    Task<Note> ReadAsync();

    [Alias("Remind")]
    Task RemindAsync(string name);

    [Alias("Reminded")]
    Task<int> RemindedAsync();

    [Alias("Forget")]
    Task ForgetAsync(string name);
}
