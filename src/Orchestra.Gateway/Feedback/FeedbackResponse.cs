namespace Orchestra.Gateway.Feedback;

/// <summary>What was kept.</summary>
/// <param name="Object">Always <c>feedback</c>.</param>
/// <param name="Trajectory">The trajectory's id.</param>
/// <param name="Kept">The fields that are kept, of <c>score</c>, <c>correct_answer</c> and <c>comment</c>; thumbs are kept as a score.</param>
internal sealed record FeedbackResponse(string Object, string Trajectory, IReadOnlyList<string> Kept)
{
    public static FeedbackResponse Of(Core.Trajectories.Feedback feedback)
    {
        List<string> kept = [];
        if (feedback.Score is not null)
            kept.Add("score");
        if (feedback.CorrectAnswer is not null)
            kept.Add("correct_answer");
        if (feedback.Comment is not null)
            kept.Add("comment");
        return new FeedbackResponse("feedback", feedback.TrajectoryId, kept);
    }
}
