namespace Orchestra.Core.Learning.Accumulation;

/// <summary>What a score rests on, from the weakest to the strongest.</summary>
internal enum Evidence
{
    /// <summary>Its final answer was compared with that of another answer, which is known to be right.</summary>
    Agreement,

    /// <summary>A verifier rejected it.</summary>
    Rejection,

    /// <summary>A client scored it.</summary>
    Score,

    /// <summary>It was compared with the correct answer.</summary>
    CorrectAnswer,
}
