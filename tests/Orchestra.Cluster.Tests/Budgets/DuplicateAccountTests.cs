using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Grains.Budgets;
using Orchestra.Grains.Messages;
using Orchestra.Storage;

namespace Orchestra.Cluster.Tests.Budgets;

/// <summary>Two activations of one budget grain at once, as in a cluster that does not agree on who is a member.</summary>
public sealed class DuplicateAccountTests
{
    private const string Tenant = "acme";
    private const long Amount = 100;
    private const int Affordable = 50;
    private const int Asked = 200;

    [SkippableFact]
    public async Task Neither_spends_what_the_other_has_and_an_operation_that_comes_to_both_counts_once()
    {
        await using var database = await PostgresTestDatabase.CreateAsync();
        await using var storage = await OpenStorage.OpenAsync(new StorageOptions { Kind = StorageOptions.Postgres, ConnectionString = database.ConnectionString }, NullLoggerFactory.Instance, default);
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        storage.AddTo(services);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<ILedgerStore>();
        await using var first = Open(store);
        await using var second = Open(store);
        BudgetGrain[] grains = [new BudgetGrain(first), new BudgetGrain(second)];
        var limit = new BudgetChange.SetLimit("limit", BudgetScope.Tenant, BudgetWindow.Total, new Money(Affordable * Amount));
        await first.ChangeAsync(Tenant, limit, default);

        // Each operation comes to both, as one whose caller did not learn of its outcome and asks again.
        var replies = await Task.WhenAll(Enumerable.Range(0, 2 * Asked).Select(i => grains[i % 2].ReserveAsync(Of(i / 2), default)));

        var granted = Enumerable.Range(0, Asked).Where(i => replies[2 * i].Fault is null || replies[(2 * i) + 1].Fault is null).ToList();
        granted.Count.ShouldBe(Affordable);
        replies.Where(reply => reply.Fault is not null).ShouldAllBe(reply => reply.Fault!.Kind == FaultKind.Quota);
        foreach (var grain in grains)
            (await Task.WhenAll(granted.Select(i => grain.SettleAsync(Of(i), Amount)))).ShouldAllBe(reply => reply.Fault == null);
        var state = await second.GetAsync(Tenant, default);
        var budget = state.Budgets.ShouldHaveSingleItem();
        budget.Spent.ShouldBe(new Money(Affordable * Amount));
        budget.Reserved.ShouldBe(Money.Zero);
    }

    private static LedgerBudgets Open(ILedgerStore store) => new(store, TimeProvider.System, IdGenerator.Default, new LedgerBudgetsOptions(), NullLogger<LedgerBudgets>.Instance);

    private static ReservationMessage Of(int number) => ReservationMessage.Of(new Reservation($"res_{number}", new Payer(Tenant, string.Empty, string.Empty, "key"), "small", "traj", new Money(Amount)));
}
