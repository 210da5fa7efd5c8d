using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Rollout;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Tests.Conversations;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Core.Tests.Learning.Rollout;

public sealed class RolloutFollowerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConversationBench _bench = new();
    private readonly RolloutTallies _tallies = new();
    private readonly SqlitePolicyStore _store;
    private readonly SqliteAuditLog _audit;
    private readonly ServiceProvider _services;
    private readonly RolloutOptions _options = new() { MinQueries = 50 };
    private readonly PolicyRegistry _registry;
    private readonly RolloutConductor _conductor;

    public RolloutFollowerTests()
    {
        var database = new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        _store = new SqlitePolicyStore(database);
        _audit = new SqliteAuditLog(database);
        _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder.Path).BuildServiceProvider();
        _registry = new PolicyRegistry(_store, _audit, IdGenerator.Default, _bench.Time);
        _conductor = new RolloutConductor(Asking("cheap"), _tallies, NullLogger<RolloutConductor>.Instance);
        _bench.With(new ScriptedExpert("cheap", ScriptedExpert.DollarAMillion), new ScriptedExpert("dear", new ExpertPrice(Money.FromDollars(9), Money.FromDollars(9), Money.Zero)))
            .Conducted(_conductor);
    }

    private ITrajectoryHistory History => _services.GetRequiredService<ITrajectoryHistory>();

    private string File => Path.Combine(_folder.Path, "policy.orch");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _services.DisposeAsync();
    }

    public void Dispose()
    {
        _store.Dispose();
        _audit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_canary_that_costs_more_rolls_itself_back_and_the_log_says_why()
    {
        using var follower = Follower();
        var (policy, _) = await _registry.AddAsync(PolicyBytes.Of(1), "ops", default);
        await _registry.CanaryAsync(policy.Id, 0.5, "ops", default);
        await follower.PassAsync(default);
        _conductor.Snapshot.Canary!.Id.ShouldBe(policy.Id);

        var asked = 0;
        for (; asked < 400 && _conductor.Snapshot.Canary is not null; asked++)
        {
            await _bench.AskAsync("orchestra", more: $"\"user\":\"u{asked}\"");
            await follower.PassAsync(default);
        }

        asked.ShouldBeInRange(100, 399);
        var change = (await _store.ListChangesAsync(1, default)).Single();
        (change.Action, change.Who, change.State.Candidate, change.State.Active).ShouldBe(("rollback", "canary-test", null, null));
        change.Reason!.ShouldStartWith("Its queries cost more");
        (await _audit.ListAsync(new(null, "policies/rollout", null, 10), default)).Select(entry => (entry.Action, entry.Who))
            .ShouldBe([("policy.rollback", "canary-test"), ("policy.canary", "ops")]);
        await _bench.AskAsync("orchestra", more: "\"user\":\"one more\"");
        _bench.Trajectories[^1].Conductor.ShouldBe("scripted");
    }

    [Fact]
    public async Task A_canary_that_clients_dislike_rolls_itself_back_when_their_time_is_over()
    {
        using var follower = new RolloutFollower(
            _conductor, _ => Asking("cheap"), _store, _registry, _tallies, new FeedbackWindow(_store, History, _tallies, _options, _bench.Time), null, _options, _bench.Time, NullLogger<RolloutFollower>.Instance);
        var (policy, _) = await _registry.AddAsync(PolicyBytes.Of(1), "ops", default);
        await _registry.CanaryAsync(policy.Id, 0.5, "ops", default);
        await follower.PassAsync(default);

        for (var asked = 0; asked < 100; asked++)
        {
            await _bench.AskAsync("orchestra", more: $"\"user\":\"u{asked}\"");
            var trajectory = _bench.Trajectories[^1];
            var isCanary = trajectory.Conductor!.EndsWith(policy.Id, StringComparison.Ordinal);
            await History.AddAsync(trajectory, new Feedback { TrajectoryId = trajectory.Id, KeyId = "key1", GivenAt = _bench.Time.GetUtcNow(), Score = isCanary ? 0 : 1 }, default);
        }

        await follower.PassAsync(default);
        _conductor.Snapshot.Canary.ShouldNotBeNull("Clients may still change their minds.");
        _bench.Time.Advance(_options.FeedbackWindow);
        await follower.PassAsync(default);

        _conductor.Snapshot.Canary.ShouldBeNull();
        (await _store.ListChangesAsync(1, default)).Single().Reason!.ShouldStartWith("Its answers are rejected more often, feedback included: 100.0% of ");
    }

    [Fact]
    public async Task A_judgement_of_an_older_rollout_changes_nothing()
    {
        var (policy, _) = await _registry.AddAsync(PolicyBytes.Of(1), "ops", default);
        var judged = await _registry.CanaryAsync(policy.Id, 0.5, "ops", default);
        var promoted = await _registry.PromoteAsync(policy.Id, "ops", default);

        (await _registry.TryRollBackAsync(judged, "It is worse.", default)).ShouldBeFalse();

        (await _store.ReadRolloutAsync(default)).ShouldBe(promoted);
    }

    [Fact]
    public async Task A_policy_that_is_promoted_serves_and_one_that_is_damaged_in_the_store_does_not()
    {
        using var follower = Follower();
        var (policy, _) = await _registry.AddAsync(PolicyBytes.Of(1), "ops", default);
        await _registry.PromoteAsync(policy.Id, "ops", default);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(policy.Id);

        await _store.AddAsync(policy with { Id = "pol_bad" }, PolicyBytes.Damaged(2), default);
        await _registry.PromoteAsync("pol_bad", "ops", default);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(policy.Id);

        await _registry.RollBackAsync("ops", default);
        await _registry.RollBackAsync("ops", default).ShouldThrowAsync<OrchestraException>();
        await follower.PassAsync(default);
        (_conductor.Snapshot.Active!.Id, _conductor.Snapshot.Rollout.Version).ShouldBe((policy.Id, 3));
    }

    [Fact]
    public async Task A_damaged_policy_is_refused_when_it_is_added()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => _registry.AddAsync(PolicyBytes.Damaged(1), "ops", default));

        (error.Code, error.Status).ShouldBe((ErrorCode.InvalidPolicy, 400));
        (await _store.ListAsync(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_file_is_read_at_start_and_when_it_changes_and_a_damaged_one_leaves_the_old_one()
    {
        using var follower = Follower(new PolicyFileWatch(File));
        await Write(PolicyBytes.Of(1), 1);
        await follower.StartAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(PolicyBytes.IdOf(1));

        await Write(PolicyBytes.Damaged(2), 2);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(PolicyBytes.IdOf(1));

        await Write(PolicyBytes.Of(3), 3);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(PolicyBytes.IdOf(3));

        var (promoted, _) = await _registry.AddAsync(PolicyBytes.Of(4), "ops", default);
        await _registry.PromoteAsync(promoted.Id, "ops", default);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(promoted.Id);

        await _registry.RollBackAsync("ops", default);
        await follower.PassAsync(default);
        _conductor.Snapshot.Active!.Id.ShouldBe(PolicyBytes.IdOf(3));
        await follower.StopAsync(default);
    }

    [Fact]
    public async Task A_host_does_not_start_with_a_damaged_policy_file()
    {
        using var follower = Follower(new PolicyFileWatch(File));
        await Write(PolicyBytes.Damaged(1), 1);

        (await Should.ThrowAsync<OrchestraException>(() => follower.StartAsync(default))).Code.ShouldBe(ErrorCode.InvalidPolicy);
    }

    private RolloutFollower Follower(PolicyFileWatch? file = null) => new(
        _conductor, _ => Asking("dear"), _store, _registry, _tallies, new FeedbackWindow(_store, History, _tallies, _options, _bench.Time), file, _options, _bench.Time, NullLogger<RolloutFollower>.Instance);

    private async Task Write(byte[] bytes, int minute)
    {
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch.AddMinutes(minute));
    }

    private static ScriptedConductor Asking(string expert) =>
        new(_ => new Decision(new Move.Delegate(expert, RequestEdits.None, Purpose.Answer, Judged: false), expert));
}
