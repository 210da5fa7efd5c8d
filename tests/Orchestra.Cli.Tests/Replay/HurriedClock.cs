using System.Collections.Concurrent;

namespace Orchestra.Cli.Tests.Replay;

/// <summary>A clock whose timers are due at once, and which remembers how long they should have taken.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = [];

    public TimeSpan Waited => _waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait);

    public int Waits => _waits.Count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
