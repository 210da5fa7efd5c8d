using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="BudgetUsage"/> on its way to another silo.</summary>
/// <param name="Scope">The scope as text.</param>
/// <param name="Window">The window's number.</param>
/// <param name="LeftNanos">What may still be set aside, nano-dollars.</param>
/// <param name="Pressure">0 up to the last warning line, 1 at the hard limit.</param>
[GenerateSerializer, Immutable, Alias("orchestra.budget-usage")]
public sealed record BudgetUsageMessage([property: Id(0)] string Scope, [property: Id(1)] int Window, [property: Id(2)] long LeftNanos, [property: Id(3)] double Pressure)
{
    /// <summary>The message of a usage.</summary>
    public static BudgetUsageMessage Of(BudgetUsage usage) => new(usage.Scope.ToString(), usage.Window.Code, usage.Left.Nanos, usage.Pressure);

    /// <summary>The usage again.</summary>
    public BudgetUsage ToUsage() => new(Messages.Scope.Parse(Scope), BudgetWindow.FromCode(Window), new Money(LeftNanos), Pressure);
}
