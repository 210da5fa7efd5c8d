namespace Orchestra.Core.Learning.Policies;

/// <summary>The arithmetic of predicted outcomes, which training and deciding share.</summary>
internal static class OutcomeWeights
{
    /// <summary>Coordinates of an expert.</summary>
    public const int Width = 8;

    /// <summary>The logistic function.</summary>
    public static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>What an outcome of 0 costs at these log-odds, in nats; one of 1 costs as much less as the log-odds are.</summary>
    public static double Softplus(float logit) => logit > 0 ? logit + Math.Log(1 + Math.Exp(-logit)) : Math.Log(1 + Math.Exp(logit));
}
