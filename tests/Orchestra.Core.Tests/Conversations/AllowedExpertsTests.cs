using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

public sealed class AllowedExpertsTests : IAsyncDisposable
{
    private readonly ConversationBench _bench = new() { AllowedExperts = new HashSet<string> { "large", "small" } };
    private readonly ScriptedExpert _small = new("small", DollarAMillion);
    private readonly ScriptedExpert _secret = new("secret", DollarAMillion);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task An_expert_that_the_key_may_not_use_is_refused_and_the_others_are_named()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => _bench.With(_small, _secret).AskAsync("secret"));

        (error.Code, error.Status, error.Param).ShouldBe((ErrorCode.ModelNotAllowed, 403, "model"));
        error.Message.ShouldEndWith("one of: small.");
        _secret.Calls.ShouldBeEmpty();
        (await _bench.AskAsync("small")).Experts.ShouldBe(["small"]);
    }

    [Fact]
    public async Task The_conductor_sees_only_what_the_key_may_use()
    {
        IReadOnlyList<ExpertDescriptor>? seen = null;
        _bench.With(_small, _secret).Conducted(new ScriptedConductor(situation =>
        {
            seen = situation.Catalogue;
            return new Decision(new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: false), "The only one.");
        }));

        await _bench.AskAsync("orchestra");

        seen!.Select(expert => expert.Name).ShouldBe(["small"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conductor_that_names_another_expert_all_the_same_does_not_reach_it(bool stream)
    {
        _bench.With(_small, _secret).Conducted(new ScriptedConductor(_ => new Decision(new Move.Delegate("secret", RequestEdits.None, Purpose.Answer, Judged: false), "A fault.")));

        (await Should.ThrowAsync<OrchestraException>(() => _bench.AskAsync("orchestra", stream))).Code.ShouldBe(ErrorCode.Internal);
        _secret.Calls.ShouldBeEmpty();
    }
}
