using System.Globalization;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Finds the warnings that are due: each line fires once in a window, when what is spent reaches it.</summary>
internal static class WarningLines
{
    /// <summary>How the ids of warnings begin; those of no other operation do.</summary>
    public const string IdPrefix = "warn/";

    private const int MostLines = 10;

    /// <summary>Per cents from 1 to 100, rising, at most ten.</summary>
    public static bool AreValid(IReadOnlyList<int> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is < 1 or > 100 || (i > 0 && lines[i] <= lines[i - 1]))
                return false;
        }

        return lines.Count <= MostLines;
    }

    /// <summary>The entry of the next warning of a scope; null where none is due.</summary>
    public static LedgerEntry? Due(AccountScopes scopes, ScopeAccount scope, string tenantId, long version, DateTimeOffset at, IReadOnlyList<int> installation)
    {
        if (scope.Budgets.Length == 0)
            return null;
        var now = at.ToUnixTimeMilliseconds();
        ref readonly var starts = ref scopes.Calendar.StartsAt(now);
        foreach (var budget in scope.Budgets)
        {
            if (budget.Limit is null)
                continue;
            var start = starts.Of(budget.Window, now);
            var warned = budget.WarnedAt >= start ? budget.WarnedLine : 0;
            var lines = budget.Lines ?? installation;
            var next = 0;
            while (next < lines.Count && lines[next] <= warned)
                next++;
            var limit = budget.LimitAt(now);
            if (next == lines.Count)
                continue;
            var spent = scope.SpentIn(budget, now, starts);
            if (spent * 100 >= limit * lines[next] && spent > 0)
                return Entry(scopes, scope, budget, tenantId, version, at, lines[next], spent, limit);
        }

        return null;
    }

    /// <summary>The line of a warning's <see cref="LedgerEntry.Detail"/>.</summary>
    public static int LineOf(string detail) => int.Parse(detail.AsSpan(0, detail.IndexOf('/', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    private static LedgerEntry Entry(
        AccountScopes scopes, ScopeAccount scope, Budget budget, string tenantId, long version, DateTimeOffset at, int line, Int128 spent, Int128 limit)
    {
        var now = at.ToUnixTimeMilliseconds();
        var id = string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}{version}/{scope.Scope}/{budget.Window}/{line}");
        var end = scopes.Calendar.EndOf(budget.Window, now);
        return new LedgerEntry(
            tenantId, version, at, LedgerEntryKind.Warn, id, string.Empty, AccountScopes.Shown(spent), end is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, null,
            string.Empty, string.Empty, scope.Scope, budget.Window, string.Create(CultureInfo.InvariantCulture, $"{line}/{AccountScopes.Shown(limit)}"));
    }
}
