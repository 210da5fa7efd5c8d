using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>An <see cref="AccountState"/> on its way to another silo; money in nano-dollars.</summary>
/// <param name="TenantId">Whose account.</param>
/// <param name="Version">Entries in the ledger.</param>
/// <param name="TimeZone">An IANA name.</param>
/// <param name="Spent">Settled in all.</param>
/// <param name="Reserved">Set aside.</param>
/// <param name="Budgets">Every budget.</param>
/// <param name="BudgetsVersion">The ledger's entry of the last change by people.</param>
[GenerateSerializer, Immutable, Alias("orchestra.account-state")]
public sealed record AccountStateMessage(
    [property: Id(0)] string TenantId, [property: Id(1)] long Version, [property: Id(2)] string TimeZone, [property: Id(3)] long Spent, [property: Id(4)] long Reserved,
    [property: Id(5)] BudgetStateMessage[] Budgets, [property: Id(6)] long BudgetsVersion)
{
    /// <summary>The message of a state.</summary>
    public static AccountStateMessage Of(AccountState state) => new(
        state.TenantId, state.Version, state.TimeZone, state.Spent.Nanos, state.Reserved.Nanos, [.. state.Budgets.Select(BudgetStateMessage.Of)], state.BudgetsVersion);

    /// <summary>The state again.</summary>
    public AccountState ToState() =>
        new(TenantId, Version, TimeZone, new Money(Spent), new Money(Reserved), [.. Budgets.Select(budget => budget.ToState())]) { BudgetsVersion = BudgetsVersion };
}
