using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>A move that was possible in a decision.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Expert">The number of the expert that it asks, or whose answer it is about.</param>
/// <param name="Verdict">What the verifiers thought of that answer: 1 accepted, −1 rejected, 0 unknown.</param>
/// <param name="Chance">The candidate's probability of it.</param>
/// <param name="WasPossible">Whether the policy that served could have made it.</param>
internal readonly record struct PossibleMove(ReplayMoveKind Kind, int Expert, int Verdict, double Chance, bool WasPossible);
