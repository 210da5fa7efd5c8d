using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>Reads the scopes of budgets in messages.</summary>
internal static class Scope
{
    /// <summary>The scope; throws <see cref="InvalidDataException"/> where the text is none.</summary>
    public static BudgetScope Parse(string text) => BudgetScope.TryParse(text, out var scope) ? scope : throw new InvalidDataException("A message names a budget's scope that does not exist.");
}
