using Orchestra.Core.Configuration;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>
/// The baseline conductor: a task analyser and a threshold. Arithmetic goes to the calculator, easy queries to the cheapest suitable expert at once,
/// hard ones through a cascade whose answers are verified. It decides from the situation alone and keeps nothing but remembered assessments.
/// </summary>
public sealed class ComplexityConductor : IConductor
{
    private readonly ComplexityOptions _options;
    private readonly ArithmeticStep _arithmetic;
    private readonly Assessor _assessor;
    private readonly SearchStep _search;

    /// <summary>A conductor with these options.</summary>
    /// <param name="options">How to decide.</param>
    /// <param name="readExpression">Reads the expression out of a query that is nothing but arithmetic; null where it is not.</param>
    /// <param name="time">The clock, for remembered assessments.</param>
    public ComplexityConductor(ComplexityOptions options, Func<string, string?> readExpression, TimeProvider time)
    {
        ConfigurationErrors.ThrowIfAny(ComplexityOptionsValidator.Errors(options));
        _options = options;
        _arithmetic = new ArithmeticStep(options, readExpression);
        _assessor = new Assessor(options, new AssessmentCache(options.RememberedAssessments, options.RememberFor, time));
        _search = new SearchStep(options);
    }

    /// <inheritdoc/>
    public string Name => "complexity";

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Decide(situation));
    }

    private Decision Decide(Situation situation)
    {
        if (_arithmetic.Decide(situation) is { } calculation)
            return calculation;
        if (!_assessor.TryAssess(situation, out var assessment, out var ask))
            return ask;

        var experts = SuitableExperts.Of(situation, assessment.Task);
        if (experts.Steps.Count == 0)
            return _search.AnswerAlone(situation, assessment) ?? Refusals.NoneSuits(situation, assessment, SearchError(situation));
        return _search.Before(situation, assessment) ?? new Cascade(_options, situation, assessment, experts, _search.Passages(situation)).Decide();
    }

    private string? SearchError(Situation situation) =>
        CatalogueTools.First(situation, _options, CatalogueTools.Search) is { } search ? CatalogueTools.Called(situation, search)?.ErrorMessage : null;
}
