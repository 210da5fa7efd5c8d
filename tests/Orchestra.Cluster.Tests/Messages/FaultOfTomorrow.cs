using Orchestra.Grains.Messages;

namespace Orchestra.Cluster.Tests.Messages;

/// <summary>What <see cref="Fault"/> may become: the same numbers for the same members, and more of them. Its own alias stands nowhere on the wire, since a reader says what it expects.</summary>
[GenerateSerializer, Alias("orchestra.tests.fault-of-tomorrow")]
public sealed record FaultOfTomorrow
{
    [Id(0)]
    public required FaultKind Kind { get; init; }

    [Id(3)]
    public string Message { get; init; } = string.Empty;

    [Id(7)]
    public string? Expert { get; init; }

    [Id(100)]
    public string Region { get; init; } = "south";

    [Id(101)]
    public string[] Hints { get; init; } = [];

    [Id(102)]
    public FaultOfTomorrow? Cause { get; init; }
}
