namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>Why a logged query says nothing of a candidate policy.</summary>
public enum QuerySkip
{
    /// <summary>It does.</summary>
    None,

    /// <summary>No decision of it was drawn with known probabilities: another conductor served it.</summary>
    NoOdds,

    /// <summary>Its text was not kept.</summary>
    NoText,

    /// <summary>Its text was too long to be kept whole.</summary>
    CutText,

    /// <summary>It was not answered: the client left, or it ended in an error.</summary>
    NotAnswered,

    /// <summary>An expert of it is not described any more, so that the candidate cannot weigh it.</summary>
    UnknownExpert,

    /// <summary>The candidate would leave it to another conductor.</summary>
    NotForCandidate,
}
