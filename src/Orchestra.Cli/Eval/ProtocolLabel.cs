using Orchestra.Core.Learning.Evaluation;

namespace Orchestra.Cli.Eval;

/// <summary>The protocol of a comparison in words, so that figures of different protocols are not confused.</summary>
/// <param name="Training">What was learned from which rows.</param>
/// <param name="Answers">What decisions see.</param>
internal sealed record ProtocolLabel(string Training, string Answers)
{
    /// <summary>The label of a comparison.</summary>
    public static ProtocolLabel Of(EvalOptions options, EvaluationSetup setup)
    {
        var training = options switch
        {
            { Policy: not null } => "given policy: nothing was learned from these rows here",
            { Folds: > 0 } => $"{options.Folds}-fold cross-validation: learned from other rows of the same tables",
            { Orders: > 0 } => $"online, {options.Orders} orders: learned as it went, from nothing",
            _ => "baselines only: no policy",
        };
        var answers = setup switch
        {
            { Cascade: false } => "before any answer is seen",
            { IsPair: true } => "cascade: the weak expert is always asked first and its answer is seen",
            _ => "cascade: answers are seen, and more experts may be asked",
        };
        return new ProtocolLabel(training, answers);
    }

    /// <summary>Both parts.</summary>
    public override string ToString() => $"{Training}; {Answers}";
}
