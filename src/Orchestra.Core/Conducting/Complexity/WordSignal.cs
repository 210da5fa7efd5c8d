namespace Orchestra.Core.Conducting.Complexity;

/// <summary>What one word or phrase says of a query.</summary>
/// <param name="Task">The kind of work that it votes for; null for none.</param>
/// <param name="Vote">Its votes.</param>
/// <param name="Effort">What it adds to the complexity as a word of effort; 0 for none.</param>
/// <param name="Advanced">Whether it names an advanced subject.</param>
/// <param name="Condition">Whether it states a condition or a constraint.</param>
/// <param name="Question">Whether it opens a question for a fact.</param>
/// <param name="Word">The word itself, as the table spells it.</param>
internal readonly record struct WordSignal(
    TaskType? Task = null, double Vote = 0, double Effort = 0, bool Advanced = false, bool Condition = false, bool Question = false, string Word = "");
