namespace Orchestra.Core.Conducting;

/// <summary>A tenant's weights on what matters; only their ratios count.</summary>
/// <param name="Accuracy">Weight of a right answer.</param>
/// <param name="Cost">Weight of money.</param>
/// <param name="Latency">Weight of time.</param>
public readonly record struct Preference(double Accuracy, double Cost, double Latency)
{
    /// <summary>Accuracy first, money second.</summary>
    public static readonly Preference Default = new(1, 0.5, 0.1);

    /// <summary>The same weights shifted towards cost, whose share grows to all of them.</summary>
    /// <param name="pressure">0 shifts nothing; 1 leaves nothing but cost.</param>
    public Preference Under(double pressure) => new(
        Accuracy * (1 - pressure), Cost + ((Accuracy + Latency) * pressure), Latency * (1 - pressure));
}
