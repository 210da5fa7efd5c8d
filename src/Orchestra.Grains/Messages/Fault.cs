using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Grains.Draining;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Messages;

/// <summary>An error of the domain on its way to another silo; no exception object crosses, so that neither side needs the other's types.</summary>
[GenerateSerializer, Immutable, Alias("orchestra.fault")]
public sealed record Fault
{
    /// <summary>Which error it is.</summary>
    [Id(0)]
    public required FaultKind Kind { get; init; }

    /// <summary>The stable code.</summary>
    [Id(1)]
    public string Code { get; init; } = ErrorCode.Internal;

    /// <summary>The HTTP status.</summary>
    [Id(2)]
    public int Status { get; init; } = 500;

    /// <summary>What is wrong and what to change.</summary>
    [Id(3)]
    public string Message { get; init; } = string.Empty;

    /// <summary>The request's field at fault.</summary>
    [Id(4)]
    public string? Param { get; init; }

    /// <summary>When a retry may succeed.</summary>
    [Id(5)]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The trajectory of the query that failed.</summary>
    [Id(6)]
    public string? TrajectoryId { get; init; }

    /// <summary>Of an expert that failed: its name.</summary>
    [Id(7)]
    public string? Expert { get; init; }

    /// <summary>Of an expert that failed: whether the request is at fault.</summary>
    [Id(8)]
    public bool RequestAtFault { get; init; }

    /// <summary>Of an expert that failed: whether it may charge.</summary>
    [Id(9)]
    public bool MayHaveCharged { get; init; }

    /// <summary>Of a budget that refused: the budget.</summary>
    [Id(10)]
    public BudgetStateMessage? Budget { get; init; }

    /// <summary>Of a budget that refused: what was asked, nano-dollars.</summary>
    [Id(11)]
    public long AskedNanos { get; init; }

    /// <summary>The fault that stands for an error; one that the domain does not know tells nothing of its inside.</summary>
    public static Fault Of(Exception error) => error switch
    {
        InsufficientQuotaException quota => Of(quota, FaultKind.Quota) with { Budget = BudgetStateMessage.Of(quota.Budget), AskedNanos = quota.Asked.Nanos },
        ExpertException expert => Of(expert, FaultKind.Expert) with { Expert = expert.Expert, RequestAtFault = expert.RequestAtFault, MayHaveCharged = expert.MayHaveCharged },
        OrchestraException known => Of(known, FaultKind.Orchestra),
        SiloLeavingException => new Fault { Kind = FaultKind.Leaving },
        CallNotSentException => new Fault { Kind = FaultKind.NotSent },
        OperationCanceledException => new Fault { Kind = FaultKind.Cancelled },
        _ => new Fault { Kind = FaultKind.Orchestra, Message = "Something went wrong inside Orchestra. The logs of the silo say what." },
    };

    /// <summary>The error again.</summary>
    /// <param name="ct">The token of the call, for errors that say it was given up.</param>
    public Exception ToException(CancellationToken ct) => Kind switch
    {
        FaultKind.Quota => new InsufficientQuotaException(Budget!.ToState(), new Money(AskedNanos)) { TrajectoryId = TrajectoryId },
        FaultKind.Expert => new ExpertException(Expert ?? string.Empty, Code, Status, Message)
        {
            Param = Param, RetryAfter = RetryAfter, TrajectoryId = TrajectoryId, RequestAtFault = RequestAtFault, MayHaveCharged = MayHaveCharged,
        },
        FaultKind.NotSent => new CallNotSentException(ct),
        FaultKind.Leaving => new SiloLeavingException(),
        FaultKind.Cancelled => new OperationCanceledException(ct),
        _ => new OrchestraException(Code, Status, Message) { Param = Param, RetryAfter = RetryAfter, TrajectoryId = TrajectoryId },
    };

    private static Fault Of(OrchestraException error, FaultKind kind) => new()
    {
        Kind = kind, Code = error.Code, Status = error.Status, Message = error.Message, Param = error.Param, RetryAfter = error.RetryAfter, TrajectoryId = error.TrajectoryId,
    };
}
