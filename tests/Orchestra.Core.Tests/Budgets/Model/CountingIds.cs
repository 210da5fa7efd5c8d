namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>Ids that are the same in every run.</summary>
public sealed class CountingIds(string suffix) : IdGenerator
{
    private int _next;

    public override string Next(string prefix) => $"{prefix}{++_next}{suffix}";
}
