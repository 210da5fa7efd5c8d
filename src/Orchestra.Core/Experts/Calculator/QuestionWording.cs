namespace Orchestra.Core.Experts.Calculator;

/// <summary>How clearly a text asks for a calculation.</summary>
internal enum QuestionWording
{
    /// <summary>There are no words around it.</summary>
    Bare,

    /// <summary>It is asked what it is.</summary>
    Asked,

    /// <summary>It is asked to be worked out: "calculate …", "… = ?".</summary>
    Ordered,
}
