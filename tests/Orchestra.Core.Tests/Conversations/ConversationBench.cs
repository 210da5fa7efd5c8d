using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conversations;
using Orchestra.Core.Conversations.Shadows;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>Runs conversations on scripted experts, a clock of the test's own, and a real ledger in SQLite.</summary>
internal sealed class ConversationBench : IAsyncDisposable
{
    private static readonly Caller Caller = new(new Payer("acme", "", "", "key1"));
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteLedgerStore _store;
    private readonly LedgerBudgets _budgets;
    private readonly KeptTrajectories _trajectories = new();
    private IExpert[] _experts = [];
    private IConductor _conductor = new ScriptedConductor(_ => new Decision(new Move.Refuse("refused", "No conductor."), "No conductor."));

    public ConversationBench()
    {
        var database = new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        _store = new SqliteLedgerStore(database, NullLogger<SqliteLedgerStore>.Instance);
        _budgets = new LedgerBudgets(_store, TimeProvider.System, IdGenerator.Default, new LedgerBudgetsOptions(), NullLogger<LedgerBudgets>.Instance);
    }

    /// <summary>What the key may use; null for all.</summary>
    public IReadOnlySet<string>? AllowedExperts { get; init; }

    /// <summary>Told of answered queries; null for nobody.</summary>
    public ShadowOffers? Shadows { get; set; }

    /// <summary>The folder of its databases.</summary>
    public string Folder => _folder.Path;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<Trajectory> Trajectories => _trajectories.All;

    public ConversationBench With(params IExpert[] experts)
    {
        _experts = experts;
        return this;
    }

    public ConversationBench Conducted(IConductor conductor)
    {
        _conductor = conductor;
        return this;
    }

    public Task LimitAsync(string dollars, string tenant = "acme") => _budgets.ChangeAsync(
        tenant,
        new BudgetChange.SetLimit(
            IdGenerator.Default.Next("limit_"), BudgetScope.Tenant, BudgetWindow.Total,
            Money.TryParse(dollars, out var money) ? money : throw new ArgumentException("Not an amount.", nameof(dollars))),
        default);

    public Task<AccountState> StateAsync(string tenant = "acme") => _budgets.GetAsync(tenant, default);

    /// <summary>The parts of conversations with the experts and the conductor that are set.</summary>
    public ConversationParts Parts(int slice = 256, IVerifier? verifier = null) => new(
        new ExpertCatalogue(_experts), _conductor, verifier ?? new Agreeable(), _budgets, _trajectories, new ConversationLimits { OutputSlice = slice }, IdGenerator.Default, Time);

    public Task<Answer> AskAsync(string model, bool stream = false, int slice = 256, int? maxTokens = null, int n = 1, IVerifier? verifier = null, string? more = null, CancellationToken ct = default)
    {
        var conversations = new LocalConversations(Parts(slice, verifier) with { Shadows = Shadows });
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { model, stream, max_tokens = maxTokens, n, messages = new[] { new { role = "user", content = "Why is the sky blue?" } } });
        if (more is not null)
            body = [.. body[..^1], (byte)',', .. System.Text.Encoding.UTF8.GetBytes(more), (byte)'}'];
        return conversations.AskAsync(new Query(Caller with { AllowedExperts = AllowedExperts }, ChatRequestReader.Read(body)), ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _budgets.DisposeAsync();
        _store.Dispose();
        _folder.Dispose();
    }

    private sealed class Agreeable : IVerifier
    {
        public string Name => "agreeable";

        public ValueTask<Verdict?> VerifyAsync(Situation situation, Observation observation, CancellationToken ct) => ValueTask.FromResult<Verdict?>(null);
    }

    private sealed class KeptTrajectories : ITrajectoryStore
    {
        private readonly List<Trajectory> _all = [];

        public IReadOnlyList<Trajectory> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public ValueTask AddAsync(Trajectory trajectory)
        {
            lock (_all)
                _all.Add(trajectory);
            return ValueTask.CompletedTask;
        }

        public Task<Trajectory?> FindAsync(string id, CancellationToken ct) => Task.FromResult(All.FirstOrDefault(trajectory => trajectory.Id == id));
    }
}
