namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>What a piece of an answer is to the arithmetic verifier.</summary>
internal enum ClaimTokenKind
{
    /// <summary>A number in digits.</summary>
    Number,

    /// <summary>One of <c>+ - * / ^</c>.</summary>
    Operator,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>An equals sign.</summary>
    Equality,

    /// <summary>A word of letters only, perhaps a unit.</summary>
    Word,

    /// <summary>Punctuation, which may stand around a claim.</summary>
    Stop,

    /// <summary>Anything with which there is no claim: variables, functions, other signs.</summary>
    Foreign,
}
