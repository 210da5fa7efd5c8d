using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting;

/// <summary>Asks the one expert that the client named.</summary>
/// <param name="expert">The expert that the client named.</param>
public sealed class DirectConductor(ExpertDescriptor expert) : IConductor
{
    private readonly Decision _ask = new(
        expert.IsChat
            ? new Move.Delegate(expert.Name, RequestEdits.None, Purpose.Answer, Judged: false)
            : new Move.CallTool(expert.Name, string.Empty),
        "The client named this expert.");

    /// <inheritdoc/>
    public string Name => "direct";

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        if (situation.Observations.Count == 0)
            return ValueTask.FromResult(situation.Turn == 1 ? _ask : Refused(situation));
        var observation = situation.Observations[^1];
        return ValueTask.FromResult(observation.Succeeded ? new Decision(new Move.Finish(observation.Id), "The expert answered.") : Refused(situation));
    }

    private static Decision Refused(Situation situation)
    {
        var last = situation.Observations.Count > 0 ? situation.Observations[^1] : null;
        return new Decision(
            new Move.Refuse(last?.ErrorCode ?? ErrorCode.UpstreamFailed, last?.ErrorMessage ?? "The expert gave no answer."),
            "The expert that the client named failed.");
    }
}
