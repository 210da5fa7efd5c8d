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

    /// <summary>Whether its answer can be looked at once it is there; an outcome table may know no more than whether it was right.</summary>
    public bool IsReadable;

    /// <summary>What it answered; null while it was not asked.</summary>
    public SeenAnswer? Answer;

    /// <summary>What the verifiers think of its answer: 1 accepted, −1 rejected, 0 unknown.</summary>
    public int Verdict;

    /// <summary>Whether the verifiers looked at its answer.</summary>
    public bool IsVerified;

    /// <summary>The predicted probability that its answer is right, from all that was seen.</summary>
    public float Chance;

    /// <summary>What it answered, where that can be looked at; null otherwise: an answer that cannot be seen says nothing, for or against anybody.</summary>
    public SeenAnswer? Visible => Answer is { Features.Length: > 0 } ? Answer : null;

    /// <summary>Forgets the answer.</summary>
    public void Reset()
    {
        Answer = null;
        Verdict = 0;
        IsVerified = false;
    }
}
