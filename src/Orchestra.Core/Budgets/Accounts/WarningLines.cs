using System.Globalization;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Finds the warnings that are due: each line fires once in a window, when what is spent reaches it.</summary>
internal static class WarningLines
{
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

    /// <summary>The entry of the next warning of a scope, without its version; null where none is due.</summary>
    public static LedgerEntry? Due(AccountScopes scopes, ScopeAccount scope, string tenantId, DateTimeOffset at, IReadOnlyList<int> installation)
    {
        if (scope.Budgets.Length == 0)
            return null;
        var now = at.ToUnixTimeMilliseconds();
        var starts = scopes.Calendar.StartsAt(now);
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
                return Entry(scopes, scope, budget, tenantId, at, lines[next], spent, limit, start);
        }

        return null;
    }

    /// <summary>The line of a warning's <see cref="LedgerEntry.Detail"/>.</summary>
    public static int LineOf(string detail) => int.Parse(detail.AsSpan(0, detail.IndexOf('/', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    private static LedgerEntry Entry(
        AccountScopes scopes, ScopeAccount scope, Budget budget, string tenantId, DateTimeOffset at, int line, Int128 spent, Int128 limit, long start)
    {
        var now = at.ToUnixTimeMilliseconds();
        var window = budget.Window.Kind switch
        {
            BudgetWindowKind.Total => 0,
            BudgetWindowKind.Rolling => now,
            _ => start,
        };
        var id = string.Create(CultureInfo.InvariantCulture, $"warn/{scope.Scope}/{budget.Window}/{window}/{budget.ChangedIn}/{line}");
        var end = scopes.Calendar.EndOf(budget.Window, now);
        return new LedgerEntry(
            tenantId, 0, at, LedgerEntryKind.Warn, id, string.Empty, AccountScopes.Shown(spent), end is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, null,
            string.Empty, string.Empty, scope.Scope, budget.Window, string.Create(CultureInfo.InvariantCulture, $"{line}/{AccountScopes.Shown(limit)}"));
    }
}
