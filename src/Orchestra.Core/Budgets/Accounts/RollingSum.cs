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

    /// <summary>The beginning of the first step that still counts.</summary>
    public static long StartOf(long now, int days) => StepOf(now - (days * Day), days);

    /// <summary>What counts at a moment.</summary>
    public Int128 At(long now)
    {
        var from = StartOf(now, days);
        Int128 sum = 0;
        for (var i = _steps.Count - 1; i >= 0 && _steps[i].Start >= from; i--)
            sum += _steps[i].Amount;
        return sum;
    }

    /// <summary>Adds an amount, which may be negative, to the step that holds a moment.</summary>
    public void Add(long at, Int128 amount)
    {
        var start = StepOf(at, days);
        var i = _steps.Count - 1;
        while (i >= 0 && _steps[i].Start > start)
            i--;
        if (i >= 0 && _steps[i].Start == start)
        {
            _steps[i] = _steps[i] with { Amount = _steps[i].Amount + amount };
            return;
        }

        _steps.Insert(i + 1, new RollingStep(start, amount));
        // Twice the window is kept, so that an addition can be taken back with nothing lost.
        if (i == _steps.Count - 2)
            _steps.RemoveAll(step => step.Start < StartOf(at, days * 2));
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
