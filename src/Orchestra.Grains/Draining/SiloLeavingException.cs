namespace Orchestra.Grains.Draining;

/// <summary>A silo that is about to leave the cluster did not begin a piece of work; another silo will take it.</summary>
internal sealed class SiloLeavingException() : OrleansException("The silo is about to leave the cluster and takes no new work.");
