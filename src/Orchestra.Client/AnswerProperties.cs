namespace Orchestra.Client;

/// <summary>What Orchestra says of an answer beyond OpenAI's format: keys of <c>AdditionalProperties</c> of a response, and of the last update of a stream.</summary>
public static class AnswerProperties
{
    /// <summary>The query's trajectory, a <see cref="string"/>, for feedback and for <c>/admin/trajectories</c>.</summary>
    public const string Trajectory = "orchestra.trajectory";

    /// <summary>What the query cost, dollars, a <see cref="decimal"/>.</summary>
    public const string CostUsd = "orchestra.cost_usd";

    /// <summary>The experts that were asked, in order, a list of <see cref="string"/>.</summary>
    public const string Experts = "orchestra.experts";

    /// <summary>Why Orchestra cut the answer short, a <see cref="string"/> such as <c>insufficient_quota</c>; absent where it did not.</summary>
    public const string Reason = "orchestra.reason";
}
