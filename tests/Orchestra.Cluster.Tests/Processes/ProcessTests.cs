namespace Orchestra.Cluster.Tests.Processes;

/// <summary>Tests of whole clusters take the machine one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "processes";
}
