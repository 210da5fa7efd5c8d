namespace Orchestra.Core.Learning.Policies;

/// <summary>An expert in the state of a query: what is known of it, and what it answered.</summary>
internal sealed class SeenExpert
{
    /// <summary>From <see cref="ExpertCoordinates"/>.</summary>
    public readonly float[] Coordinates = new float[OutcomeWeights.Width];

    /// <summary>From <see cref="ExpertCoordinates.Slope"/>.</summary>
    public float Slope;

    /// <summary>Dollars that a call is likely to cost.</summary>
    public double Cost;

    /// <summary>Its mean score on similar queries, less what is known of it in general; 0 where nothing is known.</summary>
    public float Nearby;

    /// <summary>How much is known of similar queries, 0 to 1.</summary>
    public float NearbyWeight;

    /// <summary>The log-odds that its answer is right, before any answer is seen.</summary>
    public float Prior;

    /// <summary>Whether it may be asked, or was.</summary>
    public bool IsPresent;

    /// <summary>What it answered; null while it was not asked.</summary>
    public SeenAnswer? Answer;

    /// <summary>What the verifiers think of its answer: 1 accepted, −1 rejected, 0 unknown.</summary>
    public int Verdict;

    /// <summary>Whether the verifiers looked at its answer.</summary>
    public bool IsVerified;

    /// <summary>The predicted probability that its answer is right, from all that was seen.</summary>
    public float Chance;

    /// <summary>Forgets the answer.</summary>
    public void Reset()
    {
        Answer = null;
        Verdict = 0;
        IsVerified = false;
    }
}
