using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="BudgetChange"/> on its way to another silo.</summary>
[GenerateSerializer, Immutable, Alias("orchestra.budget-change")]
public sealed record BudgetChangeMessage
{
    /// <summary>Which change.</summary>
    [Id(0)]
    public required BudgetChangeKind Kind { get; init; }

    /// <summary>The operation.</summary>
    [Id(1)]
    public required string OperationId { get; init; }

    /// <summary>The version that was shown.</summary>
    [Id(2)]
    public long? ExpectedVersion { get; init; }

    /// <summary>The scope as text.</summary>
    [Id(3)]
    public string Scope { get; init; } = "tenant";

    /// <summary>The window's number.</summary>
    [Id(4)]
    public int Window { get; init; }

    /// <summary>A limit or an amount in nano-dollars.</summary>
    [Id(5)]
    public long? Amount { get; init; }

    /// <summary>Per cent of the limit at which warnings fire.</summary>
    [Id(6)]
    public int[]? WarningLines { get; init; }

    /// <summary>When a raise ends.</summary>
    [Id(7)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>An IANA name.</summary>
    [Id(8)]
    public string? TimeZone { get; init; }

    /// <summary>The message of a change.</summary>
    public static BudgetChangeMessage Of(BudgetChange change) => change switch
    {
        BudgetChange.SetLimit set => Of(set, BudgetChangeKind.SetLimit, set.Scope, set.Window) with { Amount = set.Limit?.Nanos, WarningLines = set.WarningLines?.ToArray() },
        BudgetChange.Remove remove => Of(remove, BudgetChangeKind.Remove, remove.Scope, remove.Window),
        BudgetChange.Grant grant => Of(grant, BudgetChangeKind.Grant, grant.Scope, grant.Window) with { Amount = grant.Amount.Nanos },
        BudgetChange.Raise raise => Of(raise, BudgetChangeKind.Raise, raise.Scope, raise.Window) with { Amount = raise.Amount.Nanos, Until = raise.Until },
        BudgetChange.Reset reset => Of(reset, BudgetChangeKind.Reset, reset.Scope, reset.Window),
        BudgetChange.SetTimeZone zone => Of(zone, BudgetChangeKind.SetTimeZone, BudgetScope.Tenant, BudgetWindow.Total) with { TimeZone = zone.TimeZone },
        _ => throw new NotSupportedException($"{change.GetType().Name} has no message."),
    };

    /// <summary>The change again.</summary>
    public BudgetChange ToChange()
    {
        var scope = Messages.Scope.Parse(Scope);
        var window = BudgetWindow.FromCode(Window);
        BudgetChange change = Kind switch
        {
            BudgetChangeKind.SetLimit => new BudgetChange.SetLimit(OperationId, scope, window, Amount is { } limit ? new Money(limit) : null, WarningLines),
            BudgetChangeKind.Remove => new BudgetChange.Remove(OperationId, scope, window),
            BudgetChangeKind.Grant => new BudgetChange.Grant(OperationId, scope, window, new Money(Amount ?? 0)),
            BudgetChangeKind.Raise => new BudgetChange.Raise(OperationId, scope, window, new Money(Amount ?? 0), Until ?? DateTimeOffset.UnixEpoch),
            BudgetChangeKind.Reset => new BudgetChange.Reset(OperationId, scope, window),
            BudgetChangeKind.SetTimeZone => new BudgetChange.SetTimeZone(OperationId, TimeZone ?? string.Empty),
            _ => throw new InvalidDataException("A message holds a change of budgets that this version does not know."),
        };
        return change with { ExpectedVersion = ExpectedVersion };
    }

    private static BudgetChangeMessage Of(BudgetChange change, BudgetChangeKind kind, BudgetScope scope, BudgetWindow window) => new()
    {
        Kind = kind, OperationId = change.OperationId, ExpectedVersion = change.ExpectedVersion, Scope = scope.ToString(), Window = window.Code,
    };
}
