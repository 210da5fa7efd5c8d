using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Writing;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>
/// Two hosts on one store. Each step does one thing on one of them: a caller asks, a store call happens, its answer arrives or is lost, time passes, a host
/// dies. After each the ledgers, the hosts' accounts and the answers are compared with the reference.
/// </summary>
internal sealed class LedgerModel
{
    private static readonly string[] Tenants = ["acme", "zeta"];
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo"];
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, .. new[] { 0.001, 1, 20, 50, 125, 1_800, 3_600, 86_400, 691_200 }.Select(TimeSpan.FromSeconds)];

    private static readonly (BudgetScope Scope, BudgetWindow Window, long Limit)[] Limits =
    [
        (BudgetScope.Tenant, BudgetWindow.Total, 2_000), (BudgetScope.Tenant, BudgetWindow.Daily, 600), (BudgetScope.Team("a"), BudgetWindow.Monthly, 500),
        (BudgetScope.Team("a"), BudgetWindow.Hourly, 300), (BudgetScope.User("u"), BudgetWindow.Rolling(7), 400), (BudgetScope.User("u"), BudgetWindow.Weekly, 450),
        (BudgetScope.Key("k1"), BudgetWindow.Daily, 250), (BudgetScope.Key("k2"), BudgetWindow.Rolling(40), 350),
    ];

    private readonly MemoryLedgerStore _store = new();
    private readonly Dictionary<string, LedgerRules> _rules = [];
    private readonly ModelHost[] _hosts;
    private readonly List<ModelCall> _calls = [];
    private readonly List<StoreCall> _onTheirWay = [];
    private readonly Dictionary<string, Reservation> _held = [];
    private readonly List<Func<ModelHost, ModelCall>> _asked = [];
    private readonly HashSet<string> _refused = [];
    private readonly HashSet<(Account Account, long Version)> _compared = [];
    private readonly List<string>? _story;
    private DateTimeOffset _now = new(2025, 3, 29, 22, 45, 0, TimeSpan.Zero);
    private bool _storeFailed;
    private bool _hostDied;
    private bool _storeWasSlow;
    private int _serial;

    private LedgerModel(List<string>? story)
    {
        _story = story;
        foreach (var tenant in Tenants)
        {
            _rules[tenant] = new LedgerRules(tenant);
            var account = new Account(tenant);
            foreach (var (scope, window, limit) in Limits)
            {
                var entry = account.Change(new BudgetChange.SetLimit($"first/{scope}/{window}", scope, window, new Money(limit)), _now.AddHours(-1)).Entry;
                account.Apply(entry);
                _store.Append([entry]);
            }
        }

        _hosts = [Start("A"), Start("B")];
        CheckAll();
    }

    /// <summary>Runs the steps to the end; what broke is told as a story.</summary>
    public static void Run(IReadOnlyList<ModelStep> steps)
    {
        try
        {
            Run(steps, null);
        }
        catch (Exception)
        {
            var story = new List<string>();
            try
            {
                Run(steps, story);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{error.Message}\nafter\n  {string.Join("\n  ", story)}\n", error);
            }

            throw;
        }
    }

    private static void Run(IReadOnlyList<ModelStep> steps, List<string>? story)
    {
        var model = new LedgerModel(story);
        foreach (var step in steps)
        {
            model.Take(step);
            model.CheckAll();
        }

        model.Finish();
    }

    private ModelHost Start(string name)
    {
        var host = new ModelHost(name, _store, _now + (name == "B" ? TimeSpan.FromSeconds(3) : TimeSpan.Zero));
        // What the search for reservations that a crash left behind does.
        foreach (var tenant in Tenants)
            host.Enqueue(new ReadOperation(tenant));
        return host;
    }

    private void Take(ModelStep step)
    {
        var host = _hosts[step.Which % 2];
        var which = step.Which / 2;
        switch (step.What % 64)
        {
            case < 9:
                Reserve(host, which, new Money(step.Amount));
                break;
            case < 13:
                if (Pick(which) is { } growing)
                    Extend(host, growing, which % 16 == 15 ? growing.Id : $"x{++_serial}", new Money(step.Amount / 8));
                break;
            case < 20:
                if (Pick(which) is { } ending)
                    Settle(host, ending, step.Amount < 230 ? Money.Min(ending.Amount, new Money(step.Amount)) : new Money(step.Amount));
                break;
            case 20:
                Leave(which);
                break;
            case < 25:
                Ask(host, Change(step.Amount, which));
                break;
            case < 27:
                Repeat(host, which);
                break;
            case 27:
                Ask(host, asked => Call(asked, Tenants[which % 2], new ReadOperation(Tenants[which % 2]), "read", null, Money.Zero));
                break;
            case < 33:
                Tell($"{host.Name}: the call happens: {host.Store.Pending?.Name}");
                host.Happen();
                break;
            case < 49:
                Tell($"{host.Name}: the call is answered: {host.Store.Pending?.Name}");
                host.Answer();
                break;
            case < 53:
                Break(host, step.Amount % 4);
                break;
            case 53:
                _onTheirWay.ForEach(call => call.Happen());
                _onTheirWay.Clear();
                break;
            case 54:
                // To an hour's end, or its last millisecond.
                Pass(TimeSpan.FromTicks(TimeSpan.TicksPerHour - (_now.Ticks % TimeSpan.TicksPerHour)) - TimeSpan.FromMilliseconds(step.Amount % 2), 2);
                break;
            case < 61:
                Pass(Waits[step.Amount % (step.What % 64 < 60 ? 6 : Waits.Length)], step.Which % 4);
                break;
            case 61:
                Crash(step.Which % 2, step.Amount % 3);
                break;
            default:
                Tell($"{host.Name} works until it has nothing left to do");
                host.Drain(CheckAll);
                break;
        }
    }

    private void Reserve(ModelHost host, int which, Money amount)
    {
        var tenant = Tenants[which % 2];
        var payer = new Payer(tenant, which % 4 < 2 ? "a" : "b", which % 8 < 5 ? "u" : "", which % 16 < 8 ? "k1" : "k2");
        // Now and then an id that was used before, for whatever it was.
        var id = which % 32 == 31 ? $"{(which % 64 == 31 ? "r" : "x")}{_serial}" : $"r{++_serial}";
        var reservation = new Reservation(id, payer, "small", "traj", amount);
        Ask(host, asked => Call(asked, tenant, new ReserveOperation(reservation, asked.Tight, ModelHost.Options.WarningLines), reservation.Id, reservation, amount));
    }

    private void Extend(ModelHost host, Reservation reservation, string id, Money more) =>
        Ask(host, asked => Call(asked, reservation.TenantId, new ExtendOperation(reservation, id, more), id, reservation, more));

    private void Settle(ModelHost host, Reservation reservation, Money actual) =>
        Ask(host, asked => Call(asked, reservation.TenantId, new SettleOperation(reservation, actual), reservation.Id, reservation, actual));

    /// <summary>A caller goes away while it waits: its host releases what it may have reserved.</summary>
    private void Leave(int which)
    {
        var waiting = _calls.FindAll(call => call.Operation is ReserveOperation);
        if (waiting.Count == 0)
            return;
        var left = waiting[which % waiting.Count];
        Tell($"the caller of {left} goes away");
        _calls.Remove(left);
        _refused.Add(left.Reservation!.Id);
        left.Host.Enqueue(new ReleaseOperation(left.Reservation));
    }

    private Func<ModelHost, ModelCall> Change(byte amount, int which)
    {
        var tenant = Tenants[which % 2];
        var (scope, window, limit) = Limits[(which / 2) % Limits.Length];
        var id = $"c{++_serial}";
        BudgetChange change = (amount % 8) switch
        {
            0 => new BudgetChange.SetLimit(id, scope, window, null),
            1 => new BudgetChange.SetLimit(id, scope, window, new Money(amount)),
            2 => new BudgetChange.SetLimit(id, scope, window, new Money(limit)),
            3 => new BudgetChange.Grant(id, scope, window, new Money(amount)),
            4 => new BudgetChange.Raise(id, scope, window, new Money(amount), _now.AddSeconds(amount * 10)),
            5 or 6 => new BudgetChange.Reset(id, scope, window),
            _ => new BudgetChange.SetTimeZone(id, Zones[(which / 2) % Zones.Length]),
        };
        return host => Call(host, tenant, new ChangeOperation(tenant, change), id, null, Money.Zero);
    }

    private void Repeat(ModelHost host, int which)
    {
        if (_asked.Count > 0)
            Ask(host, _asked[which % _asked.Count]);
    }

    private void Ask(ModelHost host, Func<ModelHost, ModelCall> ask)
    {
        _asked.Add(ask);
        var call = ask(host);
        Tell($"asked: {call}");
        _calls.Add(call);
        host.Enqueue(call.Operation);
    }

    private ModelCall Call(ModelHost host, string tenant, BudgetOperation operation, string id, Reservation? reservation, Money amount) =>
        new(host, _rules[tenant], operation, id, reservation, amount);

    /// <summary>The host learns of a failure: before the call happened, after it, or while it is still on its way to happen later.</summary>
    private void Break(ModelHost host, int how)
    {
        if (!host.IsBusy)
            return;
        var call = host.Store.Pending!;
        Tell($"{host.Name}: the call fails {(how == 0 ? "after it happened" : how == 1 ? "and happens later" : "without effect")}: {call.Name}");
        _storeFailed = true;
        if (how == 0)
            call.Happen();
        if (how == 1 && !call.HasHappened)
            _onTheirWay.Add(call);
        host.Fail();
    }

    private void Crash(int index, int how)
    {
        var host = _hosts[index];
        Tell($"{host.Name} dies{(host.IsBusy ? $" in the middle of {host.Store.Pending!.Name}{(how == 0 ? ", which happens all the same" : how == 1 ? ", which happens later" : "")}" : "")}");
        if (host.IsBusy && how == 0)
            host.Happen();
        else if (host.IsBusy && how == 1 && !host.Store.Pending!.HasHappened)
            _onTheirWay.Add(host.Store.Pending);
        _hostDied = true;
        _calls.RemoveAll(call => call.Host == host);
        _hosts[index] = Start(host.Name);
    }

    private void Pass(TimeSpan time, int which)
    {
        // The hosts' clocks differ, and one may run ahead of the other.
        var host = which > 1 || time > TimeSpan.FromMinutes(1) ? null : _hosts[which];
        Tell($"{time.TotalSeconds} s pass{(host is null ? "" : " for " + host.Name)}");
        if (host is null)
            _now += time;
        _storeWasSlow |= time >= TimeSpan.FromSeconds(1) && Array.Exists(_hosts, busy => busy.IsBusy);
        foreach (var advanced in host is null ? _hosts : [host])
            advanced.Advance(time);
    }

    private void CheckAll()
    {
        foreach (var tenant in Tenants)
            _rules[tenant].Follow(_store.Of(tenant));
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            var call = _calls[i];
            if (!call.IsAnswered)
                continue;
            _calls.RemoveAt(i);
            Tell($"  answered: {call}: {(call.Succeeded ? "yes" : "no")}");
            call.Check(_storeFailed);
            Note(call);
            CheckAccount(call);
        }
    }

    private void Note(ModelCall call)
    {
        if (call.Operation is ReserveOperation)
        {
            if (call.Succeeded)
                _held[call.Reservation!.Id] = call.Reservation;
            else
                _refused.Add(call.Reservation!.Id);
        }
        else if (call is { Succeeded: true, Operation: ExtendOperation { Task: var task } })
        {
            _held[call.Reservation!.Id] = task.GetAwaiter().GetResult();
        }
    }

    /// <summary>A host's account, where nothing in it is only proposed, is the fold of the ledger.</summary>
    private void CheckAccount(ModelCall call)
    {
        if (call.Operation.Loaded?.Account is not { HasProposals: false } account || !_compared.Add((account, account.Version)))
            return;
        account.Version.ShouldBeLessThanOrEqualTo(_rules[account.TenantId].Ledger.Count, $"{call.Host.Name} believes in rows that are not durable");
        account.ToSnapshot().ToLedger().ShouldBe(_rules[account.TenantId].StateAt(account.Version), $"{call.Host.Name}'s account differs from its ledger");
    }

    /// <summary>All is well again: everybody is answered, and nothing stays held.</summary>
    private void Finish()
    {
        Tell("all is well again");
        _onTheirWay.ForEach(call => call.Happen());
        foreach (var tenant in Tenants)
        {
            foreach (var host in _hosts)
                host.Enqueue(new ReadOperation(tenant));
        }

        for (var minutes = 0; minutes < 10; minutes++)
        {
            foreach (var host in _hosts)
            {
                host.Advance(TimeSpan.FromMinutes(1));
                host.Drain(CheckAll);
            }
        }

        CheckAll();
        _calls.ShouldBeEmpty("somebody was never answered");
        foreach (var rules in _rules.Values)
        {
            rules.Ledger.ReservedIn(BudgetScope.Tenant, rules.Ledger.Count).ShouldBe(0, "a reservation outlives its lease");
            // A commit that takes longer than a lease is a fault too.
            if (_storeFailed || _hostDied || _storeWasSlow)
                continue;
            // Without any fault nobody pays for what was refused to him, or given up before it was answered.
            rules.Ledger.Rows.ShouldNotContain(row => row.Kind == LedgerEntryKind.Expire && _refused.Contains(row.Entry.ReservationId) && !_held.ContainsKey(row.Entry.ReservationId));
        }
    }

    private Reservation? Pick(int which) => _held.Count == 0 ? null : _held.Values.ElementAt(which % _held.Count);

    private void Tell(string line) => _story?.Add(line);
}
