namespace Orchestra.Core.Conducting.Rollout;

/// <summary>A policy that is loaded and ready to decide.</summary>
/// <param name="Id">The policy's id.</param>
/// <param name="Conductor">Decides with it.</param>
public sealed record PolicyConductor(string Id, IConductor Conductor);
