namespace Orchestra.Core.Conducting;

/// <summary>How a conductor that draws its moves came to one, so that another policy can be judged on what came of it.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Lambda">The preference λ on which it decided: what efficiency weighs beside accuracy, 0 or more.</param>
/// <param name="Probability">The probability with which the chosen move was chosen, above 0 and up to 1.</param>
/// <param name="Moves">The probability of each possible move by its key: <c>delegate:NAME</c>, <c>verify:0</c>, <c>finish:0</c>, where the number is the observation's.</param>
public sealed record DecisionOdds(string Policy, double Lambda, double Probability, IReadOnlyDictionary<string, double> Moves);
