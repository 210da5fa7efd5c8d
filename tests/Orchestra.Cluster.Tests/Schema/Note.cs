namespace Orchestra.Cluster.Tests.Schema;

/// <summary>The state of a <see cref="NoteGrain"/>, and which silo said it.</summary>
[GenerateSerializer]
[Alias("Orchestra.Cluster.Tests.Schema.Note")]
public sealed record Note
{
    [Id(0)]
    public string Line { get; init; } = string.Empty;

    [Id(1)]
    public string Silo { get; init; } = string.Empty;
}
