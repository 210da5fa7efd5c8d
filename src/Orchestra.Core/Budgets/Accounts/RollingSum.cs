namespace Orchestra.Core.Budgets.Accounts;

/// <summary>
/// What was spent in the last days, in steps of an hour, or of a day for windows of more than a month. The oldest step counts whole, so that no
/// stretch of the window's length ever holds more than the limit. Times are milliseconds since 1970, UTC.
/// </summary>
internal sealed class RollingSum(int days)
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private const int HourlyUpTo = 31;
    private readonly List<RollingStep> _steps = [];
    private long _from = long.MaxValue;
    private Int128 _sum;

    /// <summary>The beginning of the first step that still counts.</summary>
    public static long StartOf(long now, int days) => StepOf(now - (days * Day), days);

    /// <summary>What counts at a moment. Within a step the same steps count, so that their sum is kept.</summary>
    public Int128 At(long now)
    {
        var from = StartOf(now, days);
        if (from == _from)
            return _sum;
        _from = from;
        _sum = 0;
        for (var i = _steps.Count - 1; i >= 0 && _steps[i].Start >= from; i--)
            _sum += _steps[i].Amount;
        return _sum;
    }

    /// <summary>Adds an amount, which may be negative, to the step that holds a moment.</summary>
    public void Add(long at, Int128 amount)
    {
        var start = StepOf(at, days);
        if (start >= _from)
            _sum += amount;
        var i = _steps.Count - 1;
        while (i >= 0 && _steps[i].Start > start)
            i--;
        if (i >= 0 && _steps[i].Start == start)
            _steps[i] = _steps[i] with { Amount = _steps[i].Amount + amount };
        else
            _steps.Insert(i + 1, new RollingStep(start, amount));
    }

    /// <summary>Drops the steps that no longer count at a moment; an addition that may be taken back must not come before it.</summary>
    public void Trim(long now)
    {
        var from = StartOf(now, days);
        if (_steps.Count > 0 && _steps[0].Start < from)
            _steps.RemoveAll(step => step.Start < from);
    }

    /// <summary>The steps that count at a moment and hold something, in order.</summary>
    public IReadOnlyList<RollingStep> StepsAt(long now) => [.. _steps.Where(step => step.Start >= StartOf(now, days) && step.Amount != 0)];

    /// <summary>Restores steps, in order.</summary>
    public void Restore(IEnumerable<RollingStep> steps) => _steps.AddRange(steps);

    private static long StepOf(long at, int days)
    {
        var length = days <= HourlyUpTo ? Hour : Day;
        return at - (((at % length) + length) % length);
    }
}
