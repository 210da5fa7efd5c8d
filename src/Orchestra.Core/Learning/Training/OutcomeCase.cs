namespace Orchestra.Core.Learning.Training;

/// <summary>One outcome to be predicted: an expert's, in a state of knowledge.</summary>
/// <param name="Numbers">What it is predicted from.</param>
/// <param name="Score">What came out, 0 to 1.</param>
/// <param name="Weight">How much the case counts.</param>
/// <param name="Offset">Log-odds that are given, to which the prediction is added.</param>
internal sealed record OutcomeCase(float[] Numbers, float Score, float Weight, float Offset = 0);
