using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Budgets;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Configuration;

/// <summary>A part that is put together in code is checked as the configuration is.</summary>
public sealed class OptionsOfPartsTests
{
    [Fact]
    public void A_conductor_refuses_what_is_out_of_bounds_all_at_once()
    {
        var error = Should.Throw<OrchestraException>(() =>
            new ComplexityConductor(new ComplexityOptions { Threshold = 12, MaxToolCalls = 0, LeastTime = TimeSpan.FromSeconds(-1) }, _ => null, new FakeTimeProvider()));

        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldContain("3 errors");
        error.Message.ShouldContain("Threshold is 12; it must be from 1 to 11.");
    }

    [Fact]
    public void The_ledger_takes_its_defaults_and_refuses_what_is_out_of_bounds()
    {
        LedgerBudgetsOptionsValidator.Errors(new LedgerBudgetsOptions()).ShouldBeEmpty();
        LedgerBudgetsOptionsValidator.Errors(new LedgerBudgetsOptions { Lease = TimeSpan.Zero, MaxBatch = 0, SettlementWait = TimeSpan.FromSeconds(2) }).Count.ShouldBe(3);
    }

    [Fact]
    public void A_conversation_takes_its_defaults_and_refuses_what_is_out_of_bounds()
    {
        ConversationLimitsValidator.Errors(new ConversationLimits()).ShouldBeEmpty();
        ConversationLimitsValidator.Errors(new ConversationLimits { MaxTurns = 0, MaxFanOut = 17, Deadline = TimeSpan.Zero, OutputSlice = 15 }).Count.ShouldBe(4);
    }
}
