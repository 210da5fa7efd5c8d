using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Cluster.Tests.Messages;

/// <summary>Makes accounts and changes of them with any contents that the domain allows.</summary>
internal sealed class AnyMoney(Random random)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public AccountState Account() => new("tenant", random.NextInt64(), "Europe/Berlin", Amount(), Amount(), [.. Enumerable.Range(0, random.Next(5)).Select(_ => Budget())])
    {
        BudgetsVersion = random.NextInt64(),
    };

    public BudgetState Budget() => new(Scope(), Window(), Maybe(Amount), Amount(), Amount(), Amount(), Maybe(Time), Maybe(Time), random.Next(2) == 0 ? null : [50, 80, random.Next(100)])
    {
        Base = Maybe(Amount),
        Extras = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new BudgetExtra(random.NextInt64(), Maybe(random.NextInt64)))],
        Version = random.NextInt64(),
    };

    public IEnumerable<BudgetChange> Changes() => new BudgetChange[]
    {
        new BudgetChange.SetLimit("op", Scope(), Window(), Maybe(Amount), random.Next(2) == 0 ? null : [random.Next(100)]),
        new BudgetChange.Remove("op", Scope(), Window()),
        new BudgetChange.Grant("op", Scope(), Window(), Amount()),
        new BudgetChange.Raise("op", Scope(), Window(), Amount(), Time()),
        new BudgetChange.Reset("op", Scope(), Window()),
        new BudgetChange.SetTimeZone("op", "Asia/Tokyo"),
    }.Select(change => change with { ExpectedVersion = Maybe(random.NextInt64) });

    private T? Maybe<T>(Func<T> make)
        where T : struct => random.Next(3) == 0 ? null : make();

    private Money Amount() => new(random.NextInt64(long.MinValue, long.MaxValue));

    private DateTimeOffset Time() => Start.AddSeconds(random.Next());

    private BudgetScope Scope() => random.Next(4) switch
    {
        0 => BudgetScope.Tenant,
        1 => BudgetScope.Team($"team:{random.Next()}"),
        2 => BudgetScope.User("ü"),
        _ => BudgetScope.Key("key"),
    };

    private BudgetWindow Window() => random.Next(6) is var kind and < 5 ? BudgetWindow.FromCode(kind) : BudgetWindow.Rolling(random.Next(1, BudgetWindow.MostDays + 1));
}
