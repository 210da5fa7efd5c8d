using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Cli.Eval;

/// <summary>A report with the protocol under which it was made.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Label">The protocol in words.</param>
/// <param name="Report">The figures.</param>
internal sealed record Evaluation(EvalOptions Options, ProtocolLabel Label, EvaluationReport Report)
{
    /// <summary>How learning as it went developed; null under other protocols.</summary>
    public OnlineFigures? Online { get; init; }
}
