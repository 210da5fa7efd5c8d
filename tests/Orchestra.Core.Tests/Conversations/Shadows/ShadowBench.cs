using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Conversations.Shadows;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Core.Tests.Conversations.Shadows;

/// <summary>A <see cref="ConversationBench"/> whose queries are compared, and the tenant <c>lab</c>, which pays for that.</summary>
internal sealed class ShadowBench : IAsyncDisposable
{
    private readonly SqliteTenantStore _tenants;
    private readonly KeptHistory _history = new();
    private ShadowCalls? _calls;

    private ShadowBench(ConversationBench bench, SqliteTenantStore tenants) => (Bench, _tenants) = (bench, tenants);

    public ConversationBench Bench { get; }

    /// <summary>The stored answers, in the order in which they came.</summary>
    public IReadOnlyList<ShadowAnswer> Answers
    {
        get
        {
            lock (_history)
                return [.. _history.All];
        }
    }

    public ShadowCalls Calls => _calls!;

    public static async Task<ShadowBench> CreateAsync(IReadOnlySet<string>? allowed = null, bool hasTenant = true)
    {
        var bench = new ConversationBench { AllowedExperts = allowed };
        var tenants = new SqliteTenantStore(new SqliteDatabase(bench.Folder, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        var lab = new Tenant("lab", "Lab", DateTimeOffset.UnixEpoch);
        if (hasTenant)
            await tenants.AddAsync(lab, AuditEntry.Of(IdGenerator.Default, TimeProvider.System, "test", "create", null, lab), default);
        return new ShadowBench(bench, tenants);
    }

    /// <summary>Compares from now on; calls are made only once <see cref="Calls"/> is started.</summary>
    public ShadowOffers Compare(double share, int queued = 64, params IExpert[] experts)
    {
        var options = new ShadowOptions { Share = share, Tenant = "lab", MaxQueued = queued };
        var parts = Bench.With(experts).Parts();
        var offers = new ShadowOffers(parts.Catalogue, options, new Random(1));
        Bench.Shadows = offers;
        _calls = new ShadowCalls(offers, parts, _tenants, _history, options, NullLogger<ShadowCalls>.Instance);
        return offers;
    }

    public async ValueTask DisposeAsync()
    {
        if (_calls is { } calls)
            await calls.DisposeAsync();
        _tenants.Dispose();
        await Bench.DisposeAsync();
    }

    private sealed class KeptHistory : ITrajectoryHistory
    {
        public List<ShadowAnswer> All { get; } = [];

        public Task AddAsync(Trajectory trajectory, Feedback feedback, CancellationToken ct) => throw new NotSupportedException();

        public Task AddAsync(DateTimeOffset startedAt, ShadowAnswer answer, CancellationToken ct)
        {
            lock (this)
                All.Add(answer);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyDictionary<string, IReadOnlyList<Feedback>>> ReadFeedbackAsync(IReadOnlyCollection<string> trajectoryIds, CancellationToken ct) => throw new NotSupportedException();

        public Task<Trajectory> CompleteAsync(Trajectory trajectory, CancellationToken ct) => throw new NotSupportedException();

        public Task<ChangePage> ReadChangesAsync(ChangePlace after, int max, CancellationToken ct) => throw new NotSupportedException();

        public Task<ChangePlace> FindPlaceAsync(int last, CancellationToken ct) => throw new NotSupportedException();

        public IAsyncEnumerable<Trajectory> ReadAsync(TrajectoryFilter filter, CancellationToken ct) => throw new NotSupportedException();
    }
}
