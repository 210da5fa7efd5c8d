using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountLevelTests
{
    private static readonly BudgetScope[] Scopes = [BudgetScope.Tenant, BudgetScope.Team("research"), BudgetScope.User("ann"), BudgetScope.Key("key_ann")];
    private readonly AccountRun _run = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_refusal_by_any_level_changes_nothing_anywhere(int refusing)
    {
        for (var i = 0; i < Scopes.Length; i++)
            _run.Limit(Scopes[i], BudgetWindow.Total, i == refusing ? 10 : 1_000);
        _run.Reserve("held", 4);
        var before = _run.State;

        var decision = _run.ToReserve("r1", 7);
        decision.Outcome.ShouldBe(AccountOutcome.Refused);
        decision.Refusal!.Scope.ShouldBe(Scopes[refusing]);
        decision.Available.ShouldBe(new Money(6));
        _run.Extend("held", "x1", 7).ShouldBe(AccountOutcome.Refused);
        _run.State.ShouldBe(before);
        _run.Reserve("r1", 6).ShouldBe(AccountOutcome.Append);
    }

    [Fact]
    public void Of_several_refusing_budgets_the_one_with_the_least_left_is_named()
    {
        _run.Limit(Scopes[0], BudgetWindow.Daily, 8);
        _run.Limit(Scopes[2], BudgetWindow.Rolling(30), 5);
        _run.Limit(Scopes[3], BudgetWindow.Monthly, 6);
        var refusal = _run.ToReserve("r1", 9).Refusal!;
        (refusal.Scope, refusal.Window).ShouldBe((Scopes[2], BudgetWindow.Rolling(30)));
    }

    [Fact]
    public void Keys_teams_and_users_do_not_touch_each_others_budgets()
    {
        var bob = new Payer("acme", "sales", "bob", "key_bob");
        var bare = new Payer("acme", "", "", "key_bare");
        foreach (var scope in Scopes.Skip(1))
            _run.Limit(scope, BudgetWindow.Daily, 10);
        _run.Limit(BudgetScope.Tenant, BudgetWindow.Daily, 25);
        _run.Spend(10);
        _run.Allows(1).ShouldBeFalse();
        _run.Spend(10, bob);
        _run.Allows(5, bare).ShouldBeTrue();
        _run.Allows(6, bare).ShouldBeFalse();
        // A scope is named by its level too.
        _run.Allows(1, new Payer("acme", "ann", "key_ann", "research")).ShouldBeTrue();
    }

    [Fact]
    public void What_is_held_and_spent_counts_on_every_level_and_what_is_not_in_the_path_on_none()
    {
        foreach (var scope in Scopes.Append(BudgetScope.Key("other")))
            _run.Limit(scope, BudgetWindow.Total, 100);
        _run.Reserve("r1", 30);
        _run.Extend("r1", "x1", 12);
        _run.Account.StateAt(_run.Now).Budgets.Select(budget => budget.Reserved.Nanos).ShouldBe([42, 42, 42, 42, 0], ignoreOrder: true);
        _run.Settle("r1", 40);
        _run.Account.StateAt(_run.Now).Budgets.Select(budget => (budget.Spent.Nanos, budget.Reserved.Nanos)).ShouldBe([(40, 0), (40, 0), (40, 0), (40, 0), (0, 0)], ignoreOrder: true);
    }

    [Fact]
    public void A_limit_that_comes_later_counts_what_its_scope_spent_before()
    {
        _run.Spend(30);
        _run.Reserve("held", 5);
        _run.Limit(Scopes[3], BudgetWindow.Monthly, 40);
        _run.Allows(5).ShouldBeTrue();
        _run.Allows(6).ShouldBeFalse();
    }

    [Fact]
    public void An_extension_is_charged_to_the_payer_of_the_reservation()
    {
        _run.Limit(Scopes[3], BudgetWindow.Total, 10);
        _run.Reserve("r1", 10);
        var stranger = new Reservation("r1", new Payer("acme", "", "", "other"), "small", "traj", new Money(10));
        _run.Account.Extend(stranger, "x1", new Money(1), _run.Now, AccountRun.Lease, recalled: true).Outcome.ShouldBe(AccountOutcome.Refused);
    }
}
