using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>One batch: loads its accounts, decides its operations in order, and appends until no other host has written in between.</summary>
internal sealed class LedgerCommit(
    ILedgerStore store, AccountBook book, TimeProvider time, LedgerBudgetsOptions options, ILogger logger, List<BudgetOperation> batch)
{
    private readonly HashSet<LoadedAccount> _touched = [];
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
            Complete(behind);
            if (behind.Count == 0)
                return;
            logger.CommitContested(behind.Count, tries);
            await CatchUpAsync(behind, tries);
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
        foreach (var operation in batch)
        {
            operation.Undecide();
            operation.IsDone = false;
            operation.Loaded = book.Find(operation.TenantId);
            if (operation.Loaded is { } known && _touched.Add(known))
            {
                known.IsFresh = false;
                known.AsksStore = false;
            }
        }

        // A tenant whose ledger cannot be read fails alone.
        var broken = new Dictionary<string, Exception>();
        foreach (var operation in batch)
        {
            if (operation.Loaded is not null || broken.ContainsKey(operation.TenantId))
                continue;
            try
            {
                operation.Loaded = book.Find(operation.TenantId) ?? await book.LoadAsync(operation.TenantId);
                _touched.Add(operation.Loaded);
            }
            catch (Exception error)
            {
                logger.LoadFailed(operation.TenantId, error);
                broken[operation.TenantId] = error;
            }
        }

        if (broken.Count > 0)
            Exclude(broken.ContainsKey, tenantId => broken[tenantId]);
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        foreach (var loaded in _touched)
            loaded.Tick(now, stamp);
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

    /// <summary>Everything of the tenants that are not behind is durable.</summary>
    private void Complete(IReadOnlyList<string> behind)
    {
        foreach (var operation in batch)
        {
            if (operation.IsDone || (behind.Count > 0 && behind.Contains(operation.TenantId)))
                continue;
            operation.IsDone = true;
            operation.Loaded!.Account.Confirm();
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

    private async Task CatchUpAsync(IReadOnlyList<string> behind, int tries)
    {
        foreach (var loaded in _touched)
        {
            if (!behind.Contains(loaded.Account.TenantId))
                continue;
            loaded.Account.Withdraw();
            // Nobody wrote and yet the entries do not follow: an operation must be recorded already.
            if (!await book.RefreshAsync(loaded))
                loaded.AsksStore = true;
        }

        if (tries >= options.MaxTries)
        {
            Exclude(behind.Contains, tenantId => new OrchestraException(
                ErrorCode.Overloaded, 503, $"Other hosts write the ledger of tenant {tenantId} faster than this one can; try again in a moment."));
        }
    }

    private void Exclude(Func<string, bool> tenants, Func<string, Exception> error)
    {
        Failed.AddRange(batch.Where(operation => tenants(operation.TenantId)).Select(operation => (operation, error(operation.TenantId))));
        batch.RemoveAll(operation => tenants(operation.TenantId));
    }
}
