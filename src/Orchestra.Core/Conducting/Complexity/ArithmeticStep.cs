namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Gives a query that is nothing but arithmetic to the calculator, which is exact and free.</summary>
/// <param name="options">How to decide.</param>
/// <param name="readExpression">Reads the expression out of a query; null where the query is not purely arithmetic.</param>
internal sealed class ArithmeticStep(ComplexityOptions options, Func<string, string?> readExpression)
{
    private static readonly Assessment Arithmetic = new(1, TaskType.Math, TaskAnalyser.Source);

    /// <summary>The decision; null where the query is not for the calculator, or the calculator failed.</summary>
    public Decision? Decide(Situation situation)
    {
        var request = situation.Request;
        if (request.IsMultiTurn || request.HasTools || request.RequiresJson || request.MediaParts > 0 || request.Choices > 1 ||
            CatalogueTools.First(situation, options, CatalogueTools.Calculator) is not { } calculator)
            return null;
        if (CatalogueTools.Called(situation, calculator) is { } observation)
            return observation.Succeeded ? new Decision(new Move.Finish(observation.Id), "The calculator's answer is exact.", Arithmetic) : null;
        if (situation.Observations.Count > 0 || readExpression(request.LastUserText) is not { } expression)
            return null;
        return new Decision(new Move.CallTool(calculator.Name, expression), "The query is pure arithmetic, so the calculator answers it exactly.", Arithmetic);
    }
}
