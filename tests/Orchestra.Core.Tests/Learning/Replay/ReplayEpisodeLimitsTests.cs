using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Tests.Learning.Evaluation;

namespace Orchestra.Core.Tests.Learning.Replay;

public sealed class ReplayEpisodeLimitsTests
{
    private static readonly ReplayTable Table = ReplayTable.Create(Tables.Pair((0.25, 0.75)));

    [Fact]
    public void A_score_is_told_after_the_end_and_only_of_an_expert_that_was_asked()
    {
        var episode = new ReplayEpisode(Table, Table.Rows[0]);
        episode.Make(ReplayMove.Delegate(0));
        Should.Throw<InvalidOperationException>(() => episode.ScoreOf(0));
        episode.Make(ReplayMove.Finish(0));
        episode.ScoreOf(0).ShouldBe(0.25);
        Should.Throw<InvalidOperationException>(() => episode.ScoreOf(1));
    }

    [Fact]
    public void With_one_call_the_first_answer_is_the_last()
    {
        var episode = new ReplayEpisode(Table, Table.Rows[0]) { MaxCalls = 1 };
        episode.CanAsk(1).ShouldBeTrue();
        episode.Make(ReplayMove.Delegate(0));
        episode.CanAsk(1).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => episode.Make(ReplayMove.Delegate(1)));
    }
}
