namespace Orchestra.Core.Conducting;

/// <summary>The kind of work that a query asks for; its name in lower case is also a skill of experts.</summary>
public enum TaskType
{
    /// <summary>Anything that is none of the others.</summary>
    Chat,

    /// <summary>Numbers, equations, word problems.</summary>
    Math,

    /// <summary>Writing, reading or mending programs.</summary>
    Code,

    /// <summary>Several steps of thought: logic, planning, proofs, comparisons.</summary>
    Reasoning,

    /// <summary>A fact to find.</summary>
    Lookup,

    /// <summary>A text to shorten.</summary>
    Summary,

    /// <summary>A text to put into another language.</summary>
    Translation,
}
