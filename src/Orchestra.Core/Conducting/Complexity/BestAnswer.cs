namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Chooses what goes to the client when there are several answers and none is sure.</summary>
internal static class BestAnswer
{
    /// <summary>
    /// The best of the answers: accepted, then unverified, then the rejection that is least sure; of equals the last, which knew most. Null where
    /// none succeeded.
    /// </summary>
    public static Observation? Of(IEnumerable<Observation> answers) =>
        answers.Where(answer => answer.Succeeded).OrderByDescending(Rank).ThenBy(Doubt).ThenByDescending(answer => answer.Id).FirstOrDefault();

    private static int Rank(Observation answer) => answer.Verdict switch
    {
        { Accepted: true } => 2,
        null => 1,
        _ => 0,
    };

    private static double Doubt(Observation answer) => answer.Verdict is { Accepted: false } rejected ? rejected.Confidence : 0;
}
