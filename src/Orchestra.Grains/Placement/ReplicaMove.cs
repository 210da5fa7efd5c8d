using Orchestra.Grains.Experts;

namespace Orchestra.Grains.Placement;

/// <summary>A replica that is better off on another silo.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="WhileItWorks">Whether it goes although it has work, which it ends first: another replica of its expert takes the calls meanwhile. Otherwise it goes only when it is idle.</param>
internal readonly record struct ReplicaMove(ExpertKey Replica, bool WhileItWorks);
