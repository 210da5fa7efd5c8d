using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Writing;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>One host: the real writer, stepped by the test.</summary>
internal sealed class ModelHost
{
    public static readonly LedgerBudgetsOptions Options = new() { SnapshotEvery = 10, LongestCall = TimeSpan.FromMinutes(5), MaxTries = 4 };
    private readonly StepContext _context = new();
    private readonly Task _running;

    public ModelHost(string name, MemoryLedgerStore store, DateTimeOffset now)
    {
        Name = name;
        Time = new FakeTimeProvider(now);
        Store = new SteppedLedgerStore(store);
        Tight = new TightBudgets(Time);
        Writer = new LedgerWriter(Store, Time, new CountingIds(name), Options, NullLogger.Instance);
        Task? running = null;
        _context.Run(() => running = Writer.RunAsync());
        _running = running!;
    }

    public string Name { get; }

    public FakeTimeProvider Time { get; }

    public SteppedLedgerStore Store { get; }

    public TightBudgets Tight { get; }

    public LedgerWriter Writer { get; }

    /// <summary>The times that this host's clock has shown.</summary>
    public List<DateTimeOffset> Times { get; } = [];

    public bool IsBusy => Store.Pending is { IsAnswered: false };

    public void Enqueue(BudgetOperation operation) => Do(() => Writer.Enqueue(operation));

    public void Advance(TimeSpan time)
    {
        Do(() =>
        {
            Time.Advance(time);
            Writer.Sweep();
        });
        Times.Add(Time.GetUtcNow());
    }

    public void Happen() => Store.Pending?.Happen();

    public void Answer()
    {
        if (IsBusy)
            Do(Store.Pending!.Answer);
    }

    public void Fail()
    {
        if (IsBusy)
            Do(Store.Pending!.Fail);
    }

    /// <summary>Lets every call happen and be answered until the host has nothing left to do.</summary>
    public void Drain(Action afterEach)
    {
        for (var calls = 0; IsBusy; calls++)
        {
            calls.ShouldBeLessThan(300, "the host never comes to rest");
            Answer();
            afterEach();
        }
    }

    private void Do(Action action)
    {
        _context.Run(action);
        if (_running.IsFaulted)
            throw new InvalidOperationException("The writer's loop has ended.", _running.Exception);
    }
}
