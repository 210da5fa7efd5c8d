using System.Globalization;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Decides and folds what people change on a tenant's budgets, and the warnings that follow from them.</summary>
internal static class BudgetChanges
{
    private const int LongestId = 128;
    private const int MostBudgets = 16;
    private const int MostExtras = 64;
    private static readonly TimeSpan LongestRaise = TimeSpan.FromDays(3_660);

    /// <summary>The entry of a change, without its version; null with the reason where it cannot be.</summary>
    public static (AccountOutcome Outcome, LedgerEntry Entry) Decide(AccountScopes scopes, string tenantId, BudgetChange change, DateTimeOffset at)
    {
        if (change.OperationId is not { Length: > 0 and <= LongestId } || change.OperationId.StartsWith(WarningLines.IdPrefix, StringComparison.Ordinal))
            return (AccountOutcome.BadId, default);
        var now = at.ToUnixTimeMilliseconds();
        var entry = new LedgerEntry(
            tenantId, 0, at, default, change.OperationId, string.Empty, Money.Zero, null, null, string.Empty, string.Empty, BudgetScope.Tenant, BudgetWindow.Total, string.Empty);
        return change switch
        {
            _ when IsStale(scopes, change) => (AccountOutcome.Changed, default),
            BudgetChange.SetLimit set => Decide(scopes, set, entry),
            BudgetChange.Grant grant => Extra(scopes, grant.Scope, grant.Window, now, entry with
            {
                Kind = LedgerEntryKind.Grant, Scope = grant.Scope, Window = grant.Window, Amount = grant.Amount, Until = GrantEnd(scopes, grant.Window, now),
            }),
            BudgetChange.Raise raise when Milliseconds(raise.Until) <= at || raise.Until - at > LongestRaise => (AccountOutcome.BadDate, default),
            BudgetChange.Raise raise => Extra(scopes, raise.Scope, raise.Window, now, entry with
            {
                Kind = LedgerEntryKind.Raise, Scope = raise.Scope, Window = raise.Window, Amount = raise.Amount, Until = Milliseconds(raise.Until),
            }),
            BudgetChange.Remove remove => scopes.Find(remove.Scope)?.Find(remove.Window) is not { Limit: not null }
                ? (AccountOutcome.NoBudget, default)
                : (AccountOutcome.Append, entry with { Kind = LedgerEntryKind.SetLimit, Scope = remove.Scope, Window = remove.Window, Amount = Money.Max }),
            BudgetChange.Reset reset => scopes.Find(reset.Scope)?.Find(reset.Window) is not { Limit: not null }
                ? (AccountOutcome.NoBudget, default)
                : (AccountOutcome.Append, entry with { Kind = LedgerEntryKind.Reset, Scope = reset.Scope, Window = reset.Window }),
            BudgetChange.SetTimeZone zone => !string.IsNullOrEmpty(zone.TimeZone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone.TimeZone, out _)
                ? (AccountOutcome.Append, entry with { Kind = LedgerEntryKind.SetTimeZone, Detail = zone.TimeZone })
                : (AccountOutcome.BadTimeZone, default),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }

    /// <summary>Whether a recorded entry is of the same change.</summary>
    public static bool IsSame(in LedgerEntry entry, BudgetChange change) => change switch
    {
        BudgetChange.SetLimit set => entry.Kind == LedgerEntryKind.SetLimit && entry.Scope == set.Scope && entry.Window == set.Window &&
            entry.Amount == (set.Limit ?? Money.Max) && entry.Detail == Text(set.WarningLines),
        BudgetChange.Remove remove => entry.Kind == LedgerEntryKind.SetLimit && entry.Scope == remove.Scope && entry.Window == remove.Window && entry.Amount == Money.Max,
        BudgetChange.Grant grant => entry.Kind == LedgerEntryKind.Grant && entry.Scope == grant.Scope && entry.Window == grant.Window && entry.Amount == grant.Amount,
        BudgetChange.Raise raise => entry.Kind == LedgerEntryKind.Raise && entry.Scope == raise.Scope && entry.Window == raise.Window &&
            entry.Amount == raise.Amount && entry.Until == Milliseconds(raise.Until),
        BudgetChange.Reset reset => entry.Kind == LedgerEntryKind.Reset && entry.Scope == reset.Scope && entry.Window == reset.Window,
        BudgetChange.SetTimeZone zone => entry.Kind == LedgerEntryKind.SetTimeZone && entry.Detail == zone.TimeZone,
        _ => false,
    };

    /// <summary>Folds a change into its scope.</summary>
    public static void Fold(AccountScopes scopes, in LedgerEntry entry, long now)
    {
        if (entry.Kind == LedgerEntryKind.SetTimeZone)
        {
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(entry.Detail, out var found)
                ? found
                : throw new InvalidDataException($"Tenant {entry.TenantId} has the time zone {entry.Detail}, which this machine does not know: install its time zone data.");
            scopes.ChangeZone(new AccountCalendar(zone, now) { ChangedIn = entry.Version }, now);
            return;
        }

        var scope = scopes.Get(entry.Scope);
        scopes.Note(scope);
        if (scope.Find(entry.Window) is not { } budget)
        {
            // What was billed before it counts was never counted, so that it is not given back either.
            budget = New(entry.Window) with { ResetAt = entry.Window.Kind == BudgetWindowKind.Rolling ? now : long.MinValue };
            MakeRoom(scope);
        }

        scope.Replace(entry.Kind switch
        {
            LedgerEntryKind.SetLimit => budget with
            {
                Limit = entry.Amount == Money.Max ? null : entry.Amount, Lines = Lines(entry.Detail), ChangedIn = entry.Version, WarnedLine = 0, WarnedAt = 0,
            },
            LedgerEntryKind.Grant or LedgerEntryKind.Raise => budget with
            {
                Extras = [.. budget.Extras.Where(extra => extra.Counts(now)), new BudgetExtra(entry.Amount.Nanos, entry.Until?.ToUnixTimeMilliseconds())],
                ChangedIn = entry.Version, WarnedLine = 0, WarnedAt = 0,
            },
            LedgerEntryKind.Reset => budget with
            {
                ResetAt = now, ChangedIn = entry.Version, WarnedLine = 0, WarnedAt = 0, Rolling = New(entry.Window).Rolling,
            },
            _ => budget with { WarnedLine = WarningLines.LineOf(entry.Detail), WarnedAt = now },
        });
        if (entry.Kind == LedgerEntryKind.Reset)
            scope.Sums = scope.Sums.MovedTo(now, scopes.Calendar.StartsAt(now)).With(entry.Window.Kind, 0);
    }

    private static (AccountOutcome Outcome, LedgerEntry Entry) Decide(AccountScopes scopes, BudgetChange.SetLimit set, LedgerEntry entry)
    {
        if (!set.Scope.IsValid)
            return (AccountOutcome.BadBudget, default);
        if (set.WarningLines is { } lines && !WarningLines.AreValid(lines))
            return (AccountOutcome.BadLines, default);
        if (set.Limit is { } limit && (limit < Money.Zero || limit == Money.Max))
            return (AccountOutcome.BadAmount, default);
        if (scopes.Find(set.Scope) is { } scope && scope.Find(set.Window) is null && scope.Budgets.Count(budget => budget.Limit is not null) >= MostBudgets)
            return (AccountOutcome.TooMany, default);
        return (AccountOutcome.Append, entry with
        {
            Kind = LedgerEntryKind.SetLimit, Scope = set.Scope, Window = set.Window, Amount = set.Limit ?? Money.Max, Detail = Text(set.WarningLines),
        });
    }

    private static (AccountOutcome Outcome, LedgerEntry Entry) Extra(AccountScopes scopes, BudgetScope scope, BudgetWindow window, long now, LedgerEntry entry)
    {
        if (entry.Amount <= Money.Zero || entry.Amount == Money.Max)
            return (AccountOutcome.BadAmount, default);
        if (scopes.Find(scope)?.Find(window) is not { Limit: not null } budget)
            return (AccountOutcome.NoBudget, default);
        return budget.Extras.Count(extra => extra.Counts(now)) >= MostExtras
            ? (AccountOutcome.TooMany, default)
            : (AccountOutcome.Append, entry);
    }

    /// <summary>Entries are numbered in one row: what changed last in an entry up to a version that was shown is as it was shown.</summary>
    private static bool IsStale(AccountScopes scopes, BudgetChange change)
    {
        if (change.ExpectedVersion is not { } expected)
            return false;
        var changedIn = change switch
        {
            BudgetChange.SetLimit set => Of(set.Scope, set.Window),
            BudgetChange.Remove remove => Of(remove.Scope, remove.Window),
            BudgetChange.Grant grant => Of(grant.Scope, grant.Window),
            BudgetChange.Raise raise => Of(raise.Scope, raise.Window),
            BudgetChange.Reset reset => Of(reset.Scope, reset.Window),
            _ => scopes.Calendar.ChangedIn,
        };
        // A version that is still to come was never shown.
        return changedIn > expected || expected > scopes.ChangedIn;

        long Of(BudgetScope scope, BudgetWindow window) => scopes.Find(scope)?.Find(window)?.ChangedIn ?? 0;
    }

    /// <summary>Budgets whose limit was removed go on counting, as long as there is room for them; those of calendar windows are few.</summary>
    private static void MakeRoom(ScopeAccount scope)
    {
        if (scope.Budgets.Length >= MostBudgets && Array.Find(scope.Budgets, budget => budget.Limit is null && budget.Rolling is not null) is { } unused)
            scope.Budgets = [.. scope.Budgets.Where(budget => budget != unused)];
    }

    private static DateTimeOffset? GrantEnd(AccountScopes scopes, BudgetWindow window, long now)
    {
        var end = window.Kind == BudgetWindowKind.Rolling ? now + (window.Days * 86_400_000L) : scopes.Calendar.EndOf(window, now);
        return end is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
    }

    private static Budget New(BudgetWindow window) => new(window) { Rolling = window.Kind == BudgetWindowKind.Rolling ? new RollingSum(window.Days) : null };

    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static string Text(IReadOnlyList<int>? lines) =>
        lines is null ? string.Empty : lines.Count == 0 ? "none" : string.Join(',', lines.Select(line => line.ToString(CultureInfo.InvariantCulture)));

    private static IReadOnlyList<int>? Lines(string text) => text switch
    {
        "" => null,
        "none" => [],
        _ => [.. text.Split(',').Select(line => int.Parse(line, CultureInfo.InvariantCulture))],
    };
}
