namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>One step of a run: the bytes choose what happens, on which host, to whom and how much.</summary>
public sealed record ModelStep(byte What, byte Which, byte Amount)
{
    public override string ToString() => $"new({What}, {Which}, {Amount})";
}
