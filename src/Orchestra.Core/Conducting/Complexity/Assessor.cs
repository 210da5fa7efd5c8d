using System.Diagnostics.CodeAnalysis;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Assesses a query by the rules, or by the analyser that the options name: its call is a move like any other.</summary>
/// <param name="options">How to decide.</param>
/// <param name="cache">What the analyser said before.</param>
internal sealed class Assessor(ComplexityOptions options, AssessmentCache cache)
{
    /// <summary>Turns that must be left to ask the analyser: one for it and two for the answer.</summary>
    private const int LeastTurns = 3;

    private const int ExpectedOutput = 60;

    /// <summary>The assessment, or else the decision to ask for it.</summary>
    public bool TryAssess(Situation situation, [NotNullWhen(true)] out Assessment? assessment, [NotNullWhen(false)] out Decision? ask)
    {
        ask = null;
        var query = situation.Request.LastUserText;
        var rules = TaskAnalyser.Assess(query);
        assessment = rules;
        if (options.Analyser is not { } analyser || rules.Complexity < options.AnalyseFrom)
            return true;

        var shown = AnalyserPrompt.Shown(query);
        if (situation.Observations.FirstOrDefault(IsAssessment) is { } observation)
        {
            if (observation.Completion is { } completion && AnalyserReply.TryParse(completion.Text) is { } byModel)
            {
                cache.Add(Scope(situation, analyser), shown, byModel);
                assessment = byModel;
            }

            return true;
        }

        assessment = cache.Find(Scope(situation, analyser), shown);
        if (assessment is not null)
            return true;
        assessment = rules;
        if (situation.Observations.Any(observation => observation.Move is Move.Delegate) || !CanAsk(situation, analyser, shown))
            return true;

        assessment = null;
        var move = new Move.Delegate(analyser, AnalyserPrompt.For(shown), Purpose.Assessment, Judged: true);
        ask = new Decision(move, $"The analyser '{analyser}' is asked how hard the query is.", rules);
        return false;
    }

    // Each tenant has assessments of its own: what a query costs would otherwise tell whether somebody else asked the same.
    private static string Scope(Situation situation, string analyser) => $"{situation.TenantId}\0{analyser}";

    private static bool IsAssessment(Observation observation) => observation.Move is Move.Delegate { Purpose: Purpose.Assessment };

    private bool CanAsk(Situation situation, string analyser, string shown) =>
        situation.TurnsLeft >= LeastTurns && situation.TimeLeft > options.LeastTime &&
        situation.Catalogue.FirstOrDefault(expert => expert.Name == analyser) is { IsChat: true } expert &&
        ContextFit.Fits(expert, TokenEstimator.Ceiling(TextSize.Of(shown)), ExpectedOutput);
}
