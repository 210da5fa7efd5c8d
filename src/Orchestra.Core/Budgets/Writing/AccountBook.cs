using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>The accounts in memory; used by the writer's loop only.</summary>
internal sealed class AccountBook(ILedgerStore store, TimeProvider time, LedgerBudgetsOptions options)
{
    private const int PageSize = 5_000;
    private readonly Dictionary<string, LoadedAccount> _accounts = [];
    private long _batches;

    /// <summary>A number for a batch, by which it knows the accounts that it uses.</summary>
    public long NextBatch() => ++_batches;

    public LoadedAccount? Find(string tenantId) => _accounts.GetValueOrDefault(tenantId);

    public void Drop(string tenantId) => _accounts.Remove(tenantId);

    public async Task<LoadedAccount> LoadAsync(string tenantId)
    {
        var account = await StoredAccount.ReadAsync(store, tenantId, CancellationToken.None);
        var snapshotVersion = account.Version;
        try
        {
            await ReadTailAsync(account);
        }
        catch (InvalidDataException)
        {
            // Rows may have been rolled up while they were read.
            if (!((await store.ReadOpeningAsync(tenantId, CancellationToken.None))?.Version > snapshotVersion))
                throw;
            return await LoadAsync(tenantId);
        }

        if (_accounts.Count >= options.MaxAccounts)
            EvictLongestUnused(1 + (options.MaxAccounts / 10));
        var loaded = new LoadedAccount(account, time) { SnapshotVersion = snapshotVersion, IsFresh = true };
        _accounts[tenantId] = loaded;
        return loaded;
    }

    /// <summary>Reads what other hosts wrote; false where they wrote nothing.</summary>
    public async Task<bool> RefreshAsync(LoadedAccount loaded)
    {
        var before = loaded.Account.Version;
        await ReadTailAsync(loaded.Account);
        loaded.IsFresh = true;
        return loaded.Account.Version > before;
    }

    public async Task RecallAsync(Account account, IReadOnlyList<string> operationIds)
    {
        if (operationIds.Count > 0)
            account.Recall(await store.FindAsync(account.TenantId, operationIds, CancellationToken.None));
    }

    public async Task SnapshotAsync(LoadedAccount loaded)
    {
        var due = loaded.Account.Version - loaded.SnapshotVersion >= options.SnapshotEvery;
        if (!due)
            return;
        loaded.SnapshotVersion = loaded.Account.Version;
        await store.WriteSnapshotAsync(loaded.Account.ToSnapshot().ToLedger(), CancellationToken.None);
    }

    /// <summary>The expiry of every reservation whose lease is over, up to a number of operations.</summary>
    public List<BudgetOperation> Expired(int max)
    {
        var expired = new List<BudgetOperation>();
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        foreach (var (tenantId, loaded) in _accounts)
        {
            if (loaded.Account.Open.Count == 0)
                continue;
            var at = loaded.Peek(now, stamp);
            foreach (var (id, reservation) in loaded.Account.Open)
            {
                if (reservation.LeaseUntil <= at && expired.Count < max)
                    expired.Add(new ExpireOperation(tenantId, id));
            }
        }

        return expired;
    }

    public void EvictIdle()
    {
        var now = time.GetTimestamp();
        foreach (var (tenantId, loaded) in _accounts)
        {
            if (loaded.Account.Open.Count == 0 && time.GetElapsedTime(loaded.LastUsed, now) >= options.IdleAfter)
                _accounts.Remove(tenantId);
        }
    }

    // Accounts of the present batch are held by its operations; dropping one here only makes the next batch load it again.
    private void EvictLongestUnused(int count)
    {
        var victims = _accounts.Values
            .Where(loaded => !loaded.Account.HasProposals)
            .OrderBy(loaded => loaded.Account.Open.Count > 0).ThenBy(loaded => loaded.LastUsed)
            .Take(count).Select(loaded => loaded.Account.TenantId).ToList();
        victims.ForEach(Drop);
    }

    private async Task ReadTailAsync(Account account)
    {
        while (true)
        {
            var entries = await store.ReadAsync(account.TenantId, account.Version, PageSize, CancellationToken.None);
            foreach (var entry in entries)
                account.Apply(entry);
            if (entries.Count < PageSize)
                return;
        }
    }
}
