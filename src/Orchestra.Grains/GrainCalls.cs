using System.Net.Sockets;
using Orchestra.Core.Errors;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains;

/// <summary>Calls grains again where a silo failed between: for operations that carry an id and count once.</summary>
/// <param name="time">The clock.</param>
internal sealed class GrainCalls(TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Whether an error says that a silo or its connection failed, and nothing of the operation's outcome.</summary>
    public static bool IsLost(Exception error) =>
        error is OrleansException or EnumerationAbortedException or TimeoutException or SocketException or IOException || error is ArgumentException && error.Message.Contains("implementation for interface", StringComparison.Ordinal);

    /// <summary>Makes a call, and makes it again while silos fail, up to <paramref name="patience"/>; then throws 503.</summary>
    public async Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (IsLost(error))
            {
                if (time.GetElapsedTime(started) + wait > patience)
                    throw new OrchestraException(ErrorCode.Overloaded, 503, "The silo that holds this state is gone and no other has taken over yet. Try again.", error) { RetryAfter = TimeSpan.FromSeconds(5) };
                await Task.Delay(wait, time, ct);
            }
        }
    }
}
