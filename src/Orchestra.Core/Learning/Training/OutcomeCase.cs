namespace Orchestra.Core.Learning.Training;

/// <summary>One outcome to be predicted: an expert's, in a state of knowledge.</summary>
/// <param name="Expert">How the query's terms count for the expert, as many numbers as <see cref="Policies.OutcomeWeights.Width"/>.</param>
/// <param name="Numbers">The other features.</param>
/// <param name="Score">What came out, 0 to 1.</param>
/// <param name="Weight">How much the case counts.</param>
/// <param name="Offset">Log-odds that are known already and to which the prediction adds.</param>
internal sealed record OutcomeCase(float[] Expert, float[] Numbers, float Score, float Weight, float Offset = 0);
