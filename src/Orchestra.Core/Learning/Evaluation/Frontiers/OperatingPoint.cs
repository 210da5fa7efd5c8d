namespace Orchestra.Core.Learning.Evaluation.Frontiers;

/// <summary>What a policy did with each row at one setting. Chance within the policy is given as its expectation.</summary>
/// <param name="lambda">The λ that it was given; null where another setting moves it.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="experts">Number of experts.</param>
public sealed class OperatingPoint(double? lambda, int rows, int experts)
{
    /// <summary>The λ that it was given; null where another setting moves it.</summary>
    public double? Lambda => lambda;

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>Scores of the answers that were given, 0 to 1, by row.</summary>
    public double[] Scores { get; } = new double[rows];

    /// <summary>Dollars by row, all calls billed.</summary>
    public double[] CostsUsd { get; } = new double[rows];

    /// <summary>Calls by row and expert: that of expert e in row r stands at r · experts + e.</summary>
    public double[] Calls { get; } = new double[rows * experts];

    /// <summary>Mean score, 0 to 1.</summary>
    public double Accuracy => Scores.Average();

    /// <summary>Dollars for a thousand queries.</summary>
    public double CostUsdPer1k => CostsUsd.Average() * 1000;

    /// <summary>Calls of all experts for one query.</summary>
    public double CallsPerQuery => Calls.Sum() / rows;

    /// <summary>Calls of one expert for one query.</summary>
    public double CallsOf(int expert)
    {
        var sum = 0.0;
        for (var i = expert; i < Calls.Length; i += experts)
            sum += Calls[i];
        return sum / rows;
    }

    /// <summary>Counts a call with its cost.</summary>
    /// <param name="row">The row.</param>
    /// <param name="expert">The expert that is asked.</param>
    /// <param name="costUsd">Dollars of the call.</param>
    /// <param name="chance">With which probability it is made, 0 to 1.</param>
    public void AddCall(int row, int expert, double costUsd, double chance = 1)
    {
        Calls[(row * experts) + expert] += chance;
        CostsUsd[row] += chance * costUsd;
    }
}
