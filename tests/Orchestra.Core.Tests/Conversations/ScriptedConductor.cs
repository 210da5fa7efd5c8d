using Orchestra.Core.Conducting;

namespace Orchestra.Core.Tests.Conversations;

internal sealed class ScriptedConductor(Func<Situation, Decision> decide) : IConductor
{
    public int Decisions { get; private set; }

    public string Name => "scripted";

    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        Decisions++;
        return ValueTask.FromResult(decide(situation));
    }
}
