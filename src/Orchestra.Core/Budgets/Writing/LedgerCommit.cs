using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>One batch: loads its accounts, decides its operations in order, and appends until no other host has written in between.</summary>
internal sealed class LedgerCommit(
    ILedgerStore store, AccountBook book, TimeProvider time, LedgerBudgetsOptions options, ILogger logger, List<BudgetOperation> batch)
{
    private readonly long _number = book.NextBatch();
    private readonly List<LoadedAccount> _touched = [];
    private readonly List<LedgerEntry> _entries = [];

    /// <summary>Operations that are not part of the commit, because their tenant's account could not be used.</summary>
    public List<(BudgetOperation Operation, Exception Error)> Failed { get; } = [];

    public async Task RunAsync()
    {
        await LoadAsync();
        for (var tries = 1; ; tries++)
        {
            await DecideAsync();
            var behind = _entries.Count == 0 ? [] : await store.AppendAsync(_entries, CancellationToken.None);
            Mark(behind);
            Complete();
            if (behind.Count == 0)
                return;
            logger.CommitContested(behind.Count, tries);
            await CatchUpAsync(tries);
        }
    }

    /// <summary>Forgets the accounts of which it is unknown what the store holds.</summary>
    public void Abandon()
    {
        foreach (var operation in batch)
        {
            if (!operation.IsDone)
                book.Drop(operation.TenantId);
        }
    }

    /// <summary>Writes the snapshots that are due; a failure costs only time at the next loading.</summary>
    public async Task SnapshotAsync()
    {
        foreach (var loaded in _touched)
        {
            // What is only proposed may not be durable.
            if (loaded.Account.HasProposals)
                continue;
            try
            {
                await book.SnapshotAsync(loaded);
            }
            catch (Exception error)
            {
                logger.SnapshotFailed(loaded.Account.TenantId, error);
            }
        }
    }

    private async Task LoadAsync()
    {
        var areMissing = false;
        foreach (var operation in batch)
        {
            operation.Undecide();
            operation.IsDone = false;
            operation.Loaded = book.Find(operation.TenantId);
            if (operation.Loaded is { } known)
                Touch(known, isFresh: false);
            else
                areMissing = true;
        }

        if (areMissing)
            await LoadMissingAsync();
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        foreach (var loaded in _touched)
            loaded.Tick(now, stamp);
    }

    /// <summary>A tenant whose ledger cannot be read fails alone.</summary>
    private async Task LoadMissingAsync()
    {
        // The book may drop an account to load the next one; two objects for one tenant would contradict each other.
        var loaded = new Dictionary<string, LoadedAccount>();
        var broken = new Dictionary<string, Exception>();
        foreach (var operation in batch)
        {
            var tenantId = operation.TenantId;
            if (operation.Loaded is not null || broken.ContainsKey(tenantId))
                continue;
            try
            {
                if (!loaded.TryGetValue(tenantId, out var account))
                    loaded[tenantId] = account = await book.LoadAsync(tenantId);
                operation.Loaded = account;
                Touch(account, isFresh: true);
            }
            catch (Exception error)
            {
                logger.LoadFailed(tenantId, error);
                broken[tenantId] = error;
            }
        }

        if (broken.Count > 0)
            Exclude(operation => broken.ContainsKey(operation.TenantId), tenantId => broken[tenantId]);
    }

    private void Touch(LoadedAccount loaded, bool isFresh)
    {
        if (loaded.Batch == _number)
            return;
        loaded.Batch = _number;
        loaded.IsFresh = isFresh;
        loaded.AsksStore = false;
        loaded.IsBehind = false;
        _touched.Add(loaded);
    }

    private async Task DecideAsync()
    {
        _entries.Clear();
        foreach (var operation in batch)
        {
            if (operation.IsDone)
                continue;
            await DecideAsync(operation, operation.Loaded!);
            if (operation.Decision is { Outcome: AccountOutcome.Append, Entry: var entry })
                _entries.Add(entry);
            if (operation.Warnings is { } warnings)
                _entries.AddRange(warnings);
        }
    }

    private void Mark(IReadOnlyList<string> behind)
    {
        var tenants = behind.Count == 0 ? null : behind.ToHashSet();
        foreach (var loaded in _touched)
            loaded.IsBehind = tenants?.Contains(loaded.Account.TenantId) == true;
    }

    /// <summary>Everything of the tenants that are not behind is durable.</summary>
    private void Complete()
    {
        foreach (var operation in batch)
        {
            if (operation.IsDone || operation.Loaded!.IsBehind)
                continue;
            operation.IsDone = true;
            operation.Loaded.Account.Confirm();
        }
    }

    private async ValueTask DecideAsync(BudgetOperation operation, LoadedAccount loaded)
    {
        var account = loaded.Account;
        if (loaded.AsksStore)
            await book.RecallAsync(account, operation.Related);
        operation.Decide(account, loaded.Now, options, loaded.AsksStore);
        if (!operation.NeedsFreshAccount)
            return;
        // With entries proposed, their commit proves that the account was up to date.
        if (!loaded.IsFresh && !account.HasProposals && await book.RefreshAsync(loaded))
            operation.Decide(account, loaded.Now, options, loaded.AsksStore);
        if (operation.Outcome != AccountOutcome.Forgotten)
            return;
        await book.RecallAsync(account, operation.Related);
        operation.Decide(account, loaded.Now, options, recalled: true);
    }

    private async Task CatchUpAsync(int tries)
    {
        foreach (var loaded in _touched)
        {
            if (!loaded.IsBehind)
                continue;
            loaded.Account.Withdraw();
            // Nobody wrote and yet the entries do not follow: an operation must be recorded already.
            if (!await book.RefreshAsync(loaded))
                loaded.AsksStore = true;
        }

        if (tries >= options.MaxTries)
        {
            Exclude(operation => operation.Loaded!.IsBehind, tenantId => new OrchestraException(
                ErrorCode.Overloaded, 503, $"Other hosts write the ledger of tenant {tenantId} faster than this one can; try again in a moment."));
        }
    }

    private void Exclude(Predicate<BudgetOperation> isOut, Func<string, Exception> error)
    {
        Failed.AddRange(batch.FindAll(isOut).Select(operation => (operation, error(operation.TenantId))));
        batch.RemoveAll(isOut);
    }
}
