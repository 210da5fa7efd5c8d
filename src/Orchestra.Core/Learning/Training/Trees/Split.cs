namespace Orchestra.Core.Learning.Training.Trees;

/// <summary>A way to divide a node's cases.</summary>
/// <param name="Gain">How much lower the loss gets; 0 where there is no split.</param>
/// <param name="Number">The number that it looks at.</param>
/// <param name="Bin">The greatest bin that goes to the left.</param>
/// <param name="Threshold">What is greater goes to the right.</param>
internal readonly record struct Split(double Gain, short Number, int Bin, float Threshold);
