namespace Orchestra.Core.Budgets.Warnings;

/// <summary>
/// Warnings that still have to be delivered. The ledger store puts a warning in with the commit that records it, so that none is lost; hosts take
/// them out one claim at a time, so that not all of them send the same one.
/// </summary>
public interface IWarningOutbox
{
    /// <summary>The oldest warnings that are due, which no other host gets until the claim ends.</summary>
    /// <param name="now">The time.</param>
    /// <param name="claimedUntil">When the claim ends, unless the warning is done or postponed before.</param>
    /// <param name="max">Warnings at most.</param>
    /// <param name="ct">Stops the waiting.</param>
    Task<IReadOnlyList<PendingWarning>> ClaimAsync(DateTimeOffset now, DateTimeOffset claimedUntil, int max, CancellationToken ct);

    /// <summary>The warning needs no further delivery.</summary>
    Task CompleteAsync(PendingWarning warning, CancellationToken ct);

    /// <summary>The delivery failed, and is tried again later.</summary>
    Task PostponeAsync(PendingWarning warning, DateTimeOffset until, CancellationToken ct);
}
