using Orchestra.Core.Errors;
using Orchestra.Gateway.Admin;
using Given = Orchestra.Core.Trajectories.Feedback;

namespace Orchestra.Gateway.Feedback;

/// <summary>The fields of feedback; null is the same as leaving one out.</summary>
internal static class FeedbackFields
{
    private const string Trajectory = "trajectory";
    private const string Score = "score";
    private const string Thumbs = "thumbs";
    private const string CorrectAnswer = "correct_answer";
    private const string Comment = "comment";

    public static string[] Known => [Trajectory, Score, Thumbs, CorrectAnswer, Comment];

    /// <summary>Reads them; throws 400 that names the field that is wrong.</summary>
    public static Given Read(BodyFields fields, string keyId, DateTimeOffset now)
    {
        var trajectory = fields.Text(Trajectory, string.Empty);
        if (trajectory.Length == 0)
            throw OrchestraException.Invalid(Trajectory, "The field 'trajectory' is missing; send the value of the answer's header x-orchestra-trajectory.");
        var score = fields.Fraction(Score);
        var thumbs = fields.OptionalText(Thumbs, 16);
        if (score is not null && thumbs is not null)
            throw OrchestraException.Invalid(Thumbs, "'score' and 'thumbs' say the same; send one of them.");
        if (thumbs is not (null or "up" or "down"))
            throw OrchestraException.Invalid(Thumbs, "The field 'thumbs' takes \"up\" or \"down\".");
        var feedback = new Given
        {
            TrajectoryId = trajectory,
            KeyId = keyId,
            GivenAt = now,
            Score = score ?? (thumbs is null ? null : thumbs == "up" ? 1 : 0),
            CorrectAnswer = fields.OptionalText(CorrectAnswer, Given.MaxAnswer),
            Comment = fields.OptionalText(Comment, Given.MaxComment),
        };
        return feedback is { Score: null, CorrectAnswer: null, Comment: null }
            ? throw OrchestraException.Invalid(Score, "The feedback says nothing; send at least one of score, thumbs, correct_answer and comment.")
            : feedback;
    }
}
