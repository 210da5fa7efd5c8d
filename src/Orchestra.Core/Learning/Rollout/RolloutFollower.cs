using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Conducting.Rollout;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>
/// Brings what the store and the policy file say to the conductor, at every poll, and what this host's queries came to to the store. Rolls a canary back that is worse.
/// What fails is logged and tried again; meanwhile the policies that are loaded go on.
/// </summary>
/// <param name="conductor">Gets the policies.</param>
/// <param name="make">Makes a conductor of a policy.</param>
/// <param name="store">The policies and the rollout.</param>
/// <param name="registry">Rolls back.</param>
/// <param name="tallies">What this host's queries came to.</param>
/// <param name="window">Counts what clients say of them.</param>
/// <param name="file">The file whose policy serves where none was promoted; null for none.</param>
/// <param name="options">How often it looks, and when a canary is worse.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of swaps, rollbacks and failures.</param>
public sealed partial class RolloutFollower(
    RolloutConductor conductor, ConductorOfPolicy make, IPolicyStore store, PolicyRegistry registry, RolloutTallies tallies, FeedbackWindow window, PolicyFileWatch? file, RolloutOptions options,
    TimeProvider time, ILogger<RolloutFollower> logger) : BackgroundService
{
    private PolicyConductor? _ofFile;
    private long? _refused;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A wrong file ends the start with its error; later on the policy before it stays.
        await LookAtFileAsync(cancellationToken);
        await PassAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => FlushAsync(cancellationToken));
        await TryAsync(() => window.FlushAsync(cancellationToken));
    }

    /// <summary>One look at everything; throws only where it is cancelled.</summary>
    public async Task PassAsync(CancellationToken ct)
    {
        await TryAsync(() => LookAtFileAsync(ct));
        await TryAsync(() => FollowAsync(ct));
        await TryAsync(() => FlushAsync(ct));
        await TryAsync(() => window.FlushAsync(ct));
        await TryAsync(() => window.CountAsync(ct));
        await TryAsync(() => JudgeAsync(ct));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Poll, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await PassAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was asked to stop.
        }
    }

    private async Task LookAtFileAsync(CancellationToken ct)
    {
        if (file is null || await file.LookAsync(ct) is not { } policy)
            return;
        _ofFile = new PolicyConductor(policy.Id, make(policy));
        var snapshot = conductor.Snapshot;
        if (snapshot.Rollout.Active is null)
            Swap(snapshot with { Active = _ofFile });
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        var rollout = await store.ReadRolloutAsync(ct);
        if (rollout.Version == conductor.Snapshot.Rollout.Version || rollout.Version == _refused)
            return;
        try
        {
            Swap(new RolloutSnapshot(rollout, await LoadAsync(rollout.Active, ct) ?? _ofFile, await LoadAsync(rollout.Candidate, ct)));
        }
        catch (OrchestraException error)
        {
            // It will not get better by itself; another change will.
            _refused = rollout.Version;
            LogRefused(error, rollout.Version);
        }
    }

    private async Task<PolicyConductor?> LoadAsync(string? id, CancellationToken ct)
    {
        if (id is null)
            return null;
        var loaded = conductor.Snapshot;
        if (new[] { loaded.Active, loaded.Candidate, _ofFile }.FirstOrDefault(policy => policy?.Id == id) is { } known)
            return known;
        var bytes = await store.ReadAsync(id, ct) ?? throw new OrchestraException(ErrorCode.NotFound, 404, $"The policy {id} is not in the store.");
        var policy = Policy.Parse(bytes);
        return policy.Id == id
            ? new PolicyConductor(id, make(policy))
            : throw new OrchestraException(ErrorCode.InvalidPolicy, 400, $"The policy {id} is refused: the store holds another one in its place.");
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        var sums = tallies.Take();
        foreach (var (version, tally) in sums)
        {
            try
            {
                await store.AddTallyAsync(version, tally, ct);
            }
            catch
            {
                tallies.Add(version, tally);
                throw;
            }
        }
    }

    private async Task JudgeAsync(CancellationToken ct)
    {
        var snapshot = conductor.Snapshot;
        if (snapshot.Canary is not { } canary)
            return;
        var tally = await store.ReadTallyAsync(snapshot.Rollout.Version, ct);
        if (CanaryTest.Worse(tally.Active, tally.Canary, options) is not { } reason)
            return;
        if (await registry.TryRollBackAsync(snapshot.Rollout, reason, ct))
            LogRolledBack(canary.Id, reason);
        await FollowAsync(ct);
    }

    private void Swap(RolloutSnapshot snapshot)
    {
        conductor.Swap(snapshot);
        LogSwapped(snapshot.Active?.Id ?? "none", snapshot.Candidate?.Id ?? "none", snapshot.Rollout.Version);
    }

    private async Task TryAsync(Func<Task> task)
    {
        try
        {
            await task();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Queries are conducted by the policy {Active}, with {Candidate} on its way (version {Version} of the rollout)")]
    private partial void LogSwapped(string active, string candidate, long version);

    [LoggerMessage(2, LogLevel.Warning, "The canary {Policy} is rolled back. {Reason}")]
    private partial void LogRolledBack(string policy, string reason);

    [LoggerMessage(3, LogLevel.Error, "Version {Version} of the rollout cannot be followed; the policies that are loaded stay")]
    private partial void LogRefused(Exception error, long version);

    [LoggerMessage(4, LogLevel.Warning, "Policies cannot be brought up to date; the ones that are loaded stay, and it is tried again at the next poll")]
    private partial void LogFailed(Exception error);
}
