using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>The simple reference: a list of rows, from which every sum is made anew whenever it is asked for.</summary>
public sealed class NaiveLedger
{
    private readonly List<NaiveRow> _rows = [];

    public IReadOnlyList<NaiveRow> Rows => _rows;

    public int Count => _rows.Count;

    /// <summary>Every budget that was ever set.</summary>
    public IEnumerable<(BudgetScope Scope, BudgetWindow Window)> Budgets =>
        _rows.Where(row => row.Kind == LedgerEntryKind.SetLimit).Select(row => (row.Entry.Scope, row.Entry.Window)).Distinct();

    public NaiveRow Add(LedgerEntry entry)
    {
        var reserve = _rows.Find(row => row.Kind == LedgerEntryKind.Reserve && row.Entry.ReservationId == entry.ReservationId);
        var expiry = entry.Kind == LedgerEntryKind.Settle ? _rows.Find(row => row.Kind == LedgerEntryKind.Expire && row.Entry.ReservationId == entry.ReservationId) : null;
        var added = new NaiveRow(entry, _rows.Count, entry.Kind == LedgerEntryKind.Extend ? reserve?.Payer : entry.Payer, expiry);
        _rows.Add(added);
        return added;
    }

    public IReadOnlyList<NaiveRow> RowsOf(string reservationId) => _rows.FindAll(row => row.Entry.ReservationId == reservationId);

    /// <summary>What is held for a reservation; null where it is not open.</summary>
    public long? HeldFor(string reservationId, int count)
    {
        long? held = null;
        foreach (var row in _rows.Take(count))
        {
            if (row.Entry.ReservationId == reservationId)
                held = row.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Extend ? (held ?? 0) + row.Nanos : null;
        }

        return held;
    }

    public long ReservedIn(BudgetScope scope, int count)
    {
        var held = new Dictionary<string, long>();
        foreach (var row in _rows.Take(count))
        {
            if (!row.IsPaidBy(scope))
                continue;
            if (row.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Extend)
                held[row.Entry.ReservationId] = held.GetValueOrDefault(row.Entry.ReservationId) + row.Nanos;
            else
                held.Remove(row.Entry.ReservationId);
        }

        return held.Values.Sum();
    }

    public long SpentEver(int count) => _rows.Take(count).Where(row => row.IsSpending).Sum(row => row.Nanos);

    public long SpentIn(BudgetScope scope, BudgetWindow window, DateTimeOffset at, int count)
    {
        long sum = 0;
        for (var i = 0; i < count; i++)
        {
            if (_rows[i].IsSpending && _rows[i].IsPaidBy(scope) && Counts(_rows[i], scope, window, at, count))
                sum += _rows[i].Nanos;
        }

        return sum;
    }

    /// <summary>The limit with what is granted and raised; null where there is none.</summary>
    public long? LimitOf(BudgetScope scope, BudgetWindow window, DateTimeOffset at, int count)
    {
        long? limit = null;
        long extra = 0;
        for (var i = 0; i < count; i++)
        {
            var row = _rows[i];
            if (!row.IsAbout(scope, window))
                continue;
            if (row.Kind == LedgerEntryKind.SetLimit)
                limit = row.Entry.Amount == Money.Max ? null : row.Nanos;
            else if (row.Kind is LedgerEntryKind.Grant or LedgerEntryKind.Raise && (row.Entry.Until is null || row.Entry.Until > at))
                extra += row.Nanos;
        }

        return limit + extra;
    }

    /// <summary>Whether a budget does not allow this much more at a moment.</summary>
    public bool Refuses(Payer payer, long more, DateTimeOffset at, int count)
    {
        if (count > 0 && _rows[count - 1].At > at)
            at = _rows[count - 1].At;
        var asking = new NaiveRow(default, -1, payer, null);
        return Budgets.Any(budget => asking.IsPaidBy(budget.Scope) && LimitOf(budget.Scope, budget.Window, at, count) is { } limit &&
            SpentIn(budget.Scope, budget.Window, at, count) + ReservedIn(budget.Scope, count) + more > limit);
    }

    /// <summary>The highest line that has fired in the window that holds a moment, since its limit last changed; 0 for none.</summary>
    public int FiredLine(BudgetScope scope, BudgetWindow window, DateTimeOffset at, int count)
    {
        var line = 0;
        for (var i = 0; i < count; i++)
        {
            if (!_rows[i].IsAbout(scope, window))
                continue;
            var fired = _rows[i].Kind == LedgerEntryKind.Warn ? int.Parse(_rows[i].Entry.Detail.Split('/')[0]) : 0;
            if (fired == 0 || (window.Kind == BudgetWindowKind.Rolling
                ? _rows[i].At >= NaiveClock.RollingStart(window, at)
                : NaiveClock.AreInOneWindow(ZoneAt(count), window, _rows[i].At, at)))
                line = fired;
        }

        return line;
    }

    private bool Counts(NaiveRow row, BudgetScope scope, BudgetWindow window, DateTimeOffset at, int count)
    {
        // What is given back stands where it was billed.
        var billed = row.Nanos < 0 ? row.Expiry! : row;
        for (var i = billed.Index + 1; i < count; i++)
        {
            if (_rows[i].Kind == LedgerEntryKind.Reset && _rows[i].IsAbout(scope, window))
                return false;
        }

        if (window.Kind == BudgetWindowKind.Rolling)
            return billed.At >= NaiveClock.RollingStart(window, at) && _rows.FindIndex(set => set.Kind == LedgerEntryKind.SetLimit && set.IsAbout(scope, window)) < billed.Index;
        return window == BudgetWindow.Total || (Lasts(billed, row.Index, row.At, window, billed != row) && Lasts(row, count, at, window, false));
    }

    /// <summary>Whether the window that held a row still is the present one; a new time zone moves its end, and so ends nothing.</summary>
    private bool Lasts(NaiveRow row, int count, DateTimeOffset at, BudgetWindow window, bool inOneZone)
    {
        var (zone, moment) = (ZoneAt(row.Index), row.At);
        for (var i = row.Index + 1; i < count; i++)
        {
            if (_rows[i].Kind != LedgerEntryKind.SetTimeZone)
                continue;
            if (inOneZone || !NaiveClock.AreInOneWindow(zone, window, moment, _rows[i].At))
                return false;
            (zone, moment) = (TimeZoneInfo.FindSystemTimeZoneById(_rows[i].Entry.Detail), _rows[i].At);
        }

        return NaiveClock.AreInOneWindow(zone, window, moment, at);
    }

    private TimeZoneInfo ZoneAt(int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            if (_rows[i].Kind == LedgerEntryKind.SetTimeZone)
                return TimeZoneInfo.FindSystemTimeZoneById(_rows[i].Entry.Detail);
        }

        return TimeZoneInfo.Utc;
    }
}
