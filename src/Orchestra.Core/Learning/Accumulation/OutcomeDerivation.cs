using System.Globalization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Accumulation;

/// <summary>
/// Makes a row of an outcome table from a trajectory, its feedback and its shadow answers. The strongest evidence scores an answer: the correct answer, a client's score,
/// a verifier's rejection, agreement with an answer that is right. An expert of which nothing is known is left out, never counted as wrong.
/// </summary>
public static class OutcomeDerivation
{
    private const string Observation = "observation ";

    /// <summary>The row; null, with the reason, where the trajectory makes none.</summary>
    public static OutcomeRow? Derive(Trajectory trajectory, out RowSkip skipped)
    {
        skipped = RowSkip.None;
        if (string.IsNullOrWhiteSpace(trajectory.Query))
            return Skip(RowSkip.NoText, out skipped);
        var answers = GivenAnswer.Of(trajectory);
        if (answers.Count == 0)
            return Skip(RowSkip.NoAnswer, out skipped);
        var outcomes = Score(trajectory, answers);
        if (outcomes.Count == 0)
            return Skip(RowSkip.NoScore, out skipped);
        return new OutcomeRow(trajectory.Id, trajectory.Assessment?.Task.ToString().ToLowerInvariant() ?? string.Empty, trajectory.Query, outcomes) { Answer = CorrectAnswer(trajectory) };
    }

    /// <summary>
    /// How good the answer was that went to the client, 0 to 1, by the correct answer or else by clients' scores; null where neither says. A verifier's rejection does not count here: where only
    /// bad answers are known, their mean says nothing.
    /// </summary>
    public static double? ScoreOf(Trajectory trajectory)
    {
        if (Finished(trajectory) is not { } id)
            return null;
        var answer = GivenAnswer.Of(trajectory).FirstOrDefault(answer => answer.ObservationId == id);
        if (answer is { IsWhole: true } && CorrectAnswer(trajectory) is { } correct && AnswerGrade.Against(correct, answer.Text!) is { } grade)
            return grade;
        var scores = trajectory.Feedback.Select(feedback => feedback.Score).OfType<double>().ToList();
        return scores.Count > 0 ? scores.Average() : null;
    }

    private static OutcomeRow? Skip(RowSkip reason, out RowSkip skipped)
    {
        skipped = reason;
        return null;
    }

    private static OrderedDictionary<string, Outcome> Score(Trajectory trajectory, IReadOnlyList<GivenAnswer> answers)
    {
        var finished = Finished(trajectory) is { } id ? answers.FirstOrDefault(answer => answer.ObservationId == id) : null;
        var direct = answers.Select(answer => Direct(trajectory, answer, answer == finished)).ToList();
        var isRight = finished is { IsWhole: true } && direct[IndexOf(answers, finished)] is { Score: 1 };
        var best = new OrderedDictionary<string, (Evidence Evidence, Outcome Outcome)>();
        for (var i = 0; i < answers.Count; i++)
        {
            var answer = answers[i];
            var known = direct[i] ?? (isRight && answer.IsWhole && AnswerGrade.Beside(finished!.Text!, answer.Text!) is { } score ? new(Evidence.Agreement, score) : null);
            // Of several answers of one expert the first of the strongest evidence stands for what comes of asking it once.
            if (known is { } grade && (!best.TryGetValue(answer.Expert, out var before) || before.Evidence < grade.Evidence))
                best[answer.Expert] = (grade.Evidence, OutcomeOf(answer, grade.Score));
        }

        var outcomes = new OrderedDictionary<string, Outcome>();
        foreach (var (expert, (_, outcome)) in best)
            outcomes[expert] = outcome;
        return outcomes;
    }

    /// <summary>What is known of an answer without looking at the others.</summary>
    private static Grade? Direct(Trajectory trajectory, GivenAnswer answer, bool isFinished)
    {
        if (answer.IsWhole && CorrectAnswer(trajectory) is { } correct && AnswerGrade.Against(correct, answer.Text!) is { } grade)
            return new Grade(Evidence.CorrectAnswer, grade);
        var scores = isFinished ? trajectory.Feedback.Select(feedback => feedback.Score).OfType<double>().ToList() : [];
        if (scores.Count > 0)
            return new Grade(Evidence.Score, scores.Average());
        return answer.ObservationId is { } id && LastVerdict(trajectory, id) is false ? new Grade(Evidence.Rejection, 0) : null;
    }

    /// <summary>The observation that went to the client: that of the last finish, or that of a last move whose answer needed no judgement.</summary>
    private static int? Finished(Trajectory trajectory)
    {
        if (trajectory.Outcome != "answered" || trajectory.Steps.Count == 0)
            return null;
        var last = trajectory.Steps[^1];
        return last.Move switch
        {
            "finish" => Number(last.Target),
            "delegate" => last.ObservationId,
            _ => null,
        };
    }

    private static bool? LastVerdict(Trajectory trajectory, int observationId) =>
        trajectory.Steps.LastOrDefault(step => step.Move == "verify" && Number(step.Target) == observationId)?.Verdict?.Accepted;

    /// <summary>The number of the observation that a step's target names; null where it names none.</summary>
    internal static int? Number(string target) =>
        target.StartsWith(Observation, StringComparison.Ordinal) && int.TryParse(target.AsSpan(Observation.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The correct answer that was given last.</summary>
    private static string? CorrectAnswer(Trajectory trajectory) =>
        trajectory.Feedback.LastOrDefault(feedback => !string.IsNullOrWhiteSpace(feedback.CorrectAnswer))?.CorrectAnswer!.Trim();

    private static int IndexOf(IReadOnlyList<GivenAnswer> answers, GivenAnswer answer)
    {
        for (var i = 0; i < answers.Count; i++)
        {
            if (ReferenceEquals(answers[i], answer))
                return i;
        }

        return -1;
    }

    private static Outcome OutcomeOf(GivenAnswer answer, double score) => new(score)
    {
        InputTokens = answer.Usage?.Input,
        OutputTokens = answer.Usage?.Output,
        CostUsd = (decimal)answer.Cost.Nanos / Money.NanosPerDollar,
        LatencySeconds = Math.Round(answer.Latency.TotalSeconds, 6),
        Response = answer.Text,
    };

    private sealed record Grade(Evidence Evidence, double Score);
}
