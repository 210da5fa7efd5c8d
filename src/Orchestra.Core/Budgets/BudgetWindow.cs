using System.Globalization;

namespace Orchestra.Core.Budgets;

/// <summary>The stretch of time that a budget covers; calendar windows begin at midnight in the tenant's time zone.</summary>
public readonly record struct BudgetWindow
{
    /// <summary>The longest rolling window in days.</summary>
    public const int MostDays = 366;

    /// <summary>All time.</summary>
    public static readonly BudgetWindow Total = new(BudgetWindowKind.Total, 0);

    /// <summary>One calendar hour.</summary>
    public static readonly BudgetWindow Hourly = new(BudgetWindowKind.Hourly, 0);

    /// <summary>One calendar day.</summary>
    public static readonly BudgetWindow Daily = new(BudgetWindowKind.Daily, 0);

    /// <summary>One calendar week, from Monday.</summary>
    public static readonly BudgetWindow Weekly = new(BudgetWindowKind.Weekly, 0);

    /// <summary>One calendar month.</summary>
    public static readonly BudgetWindow Monthly = new(BudgetWindowKind.Monthly, 0);

    private const int RollingCode = 1000;

    private BudgetWindow(BudgetWindowKind kind, int days)
    {
        Kind = kind;
        Days = days;
    }

    /// <summary>The kind.</summary>
    public BudgetWindowKind Kind { get; }

    /// <summary>Days of a rolling window, 1 to <see cref="MostDays"/>; otherwise 0.</summary>
    public int Days { get; }

    /// <summary>The number by which a window is stored; it never changes.</summary>
    public int Code => Kind switch
    {
        BudgetWindowKind.Total => 0,
        BudgetWindowKind.Daily => 1,
        BudgetWindowKind.Monthly => 2,
        BudgetWindowKind.Hourly => 3,
        BudgetWindowKind.Weekly => 4,
        _ => RollingCode + Days,
    };

    /// <summary>The last so many days at any moment; throws <see cref="ArgumentOutOfRangeException"/> for fewer than 1 or more than <see cref="MostDays"/>.</summary>
    public static BudgetWindow Rolling(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        return new(BudgetWindowKind.Rolling, days);
    }

    /// <summary>The window with a stored number; throws <see cref="InvalidDataException"/> where there is none.</summary>
    public static BudgetWindow FromCode(int code) => code switch
    {
        0 => Total,
        1 => Daily,
        2 => Monthly,
        3 => Hourly,
        4 => Weekly,
        > RollingCode and <= RollingCode + MostDays => Rolling(code - RollingCode),
        _ => throw new InvalidDataException($"There is no budget window with the number {code}."),
    };

    /// <summary>Reads <c>total</c>, <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>rolling-Nd</c> (N days).</summary>
    public static bool TryParse(string? text, out BudgetWindow window)
    {
        window = text switch
        {
            "hourly" => Hourly,
            "daily" => Daily,
            "weekly" => Weekly,
            "monthly" => Monthly,
            _ => Total,
        };
        if (window != Total || text == "total")
            return true;
        if (text is null || !text.StartsWith("rolling-", StringComparison.Ordinal) || !text.EndsWith('d') || text.Length is < 10 or > 12 ||
            !int.TryParse(text.AsSpan(8, text.Length - 9), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > MostDays)
            return false;
        window = Rolling(days);
        return true;
    }

    /// <summary><c>total</c>, <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>rolling-Nd</c>.</summary>
    public override string ToString() => Kind switch
    {
        BudgetWindowKind.Total => "total",
        BudgetWindowKind.Hourly => "hourly",
        BudgetWindowKind.Daily => "daily",
        BudgetWindowKind.Weekly => "weekly",
        BudgetWindowKind.Monthly => "monthly",
        _ => string.Create(CultureInfo.InvariantCulture, $"rolling-{Days}d"),
    };
}
