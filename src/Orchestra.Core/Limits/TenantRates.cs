using Orchestra.Core.Budgets;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Limits;

/// <summary>What the scopes of one tenant have asked lately: a request passes all levels at once or changes nothing.</summary>
internal sealed class TenantRates
{
    private const int Most = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<BudgetScope, ScopeRates> _scopes = [];

    /// <summary>The levels that limit a caller, as they stand now.</summary>
    public List<ScopeRates> PathOf(Caller caller, long now, double ticksPerMinute)
    {
        lock (_gate)
        {
            var path = new List<ScopeRates>(4);
            Add(BudgetScope.Tenant, caller.TenantLimits);
            if (caller.Payer.TeamId.Length > 0)
                Add(BudgetScope.Team(caller.Payer.TeamId), caller.TeamLimits);
            if (caller.Payer.UserId.Length > 0)
                Add(BudgetScope.User(caller.Payer.UserId), caller.UserLimits);
            Add(BudgetScope.Key(caller.KeyId), caller.KeyLimits);
            return path;

            void Add(BudgetScope scope, RateLimits limits)
            {
                if (limits == RateLimits.None)
                    return;
                if (!_scopes.TryGetValue(scope, out var rates))
                {
                    Prune(now, ticksPerMinute);
                    _scopes[scope] = rates = new ScopeRates(scope);
                }

                rates.MoveTo(now, limits, ticksPerMinute);
                path.Add(rates);
            }
        }
    }

    /// <summary>Begins a request; throws <see cref="RateLimitException"/> where a level does not allow it.</summary>
    public void Begin(List<ScopeRates> path)
    {
        lock (_gate)
        {
            foreach (var scope in path)
                scope.Check();
            foreach (var scope in path)
            {
                scope.Running++;
                scope.TakeRequest();
            }
        }
    }

    /// <summary>Takes tokens on all levels; throws <see cref="RateLimitException"/> where one does not allow it.</summary>
    public void TakeTokens(List<ScopeRates> path, long tokens, long now, double ticksPerMinute)
    {
        lock (_gate)
        {
            foreach (var scope in path)
            {
                scope.MoveTo(now, scope.Limits, ticksPerMinute);
                scope.CheckTokens(tokens);
            }

            foreach (var scope in path)
                scope.TakeTokens(tokens);
        }
    }

    /// <summary>Ends a request with what it used beyond the tokens that were taken; fewer are given back.</summary>
    public void End(List<ScopeRates> path, long beyond)
    {
        lock (_gate)
        {
            foreach (var scope in path)
            {
                scope.Running--;
                scope.TakeTokens(beyond);
            }
        }
    }

    /// <summary>How each level stands.</summary>
    public IReadOnlyList<ScopeRateStatus> StatusOf(List<ScopeRates> path)
    {
        lock (_gate)
            return [.. path.Select(scope => new ScopeRateStatus(scope.Scope, scope.Requests, scope.Tokens, scope.Limits.ConcurrentRequests, scope.Running))];
    }

    /// <summary>The tightest of the levels' limits; null where there is none.</summary>
    public RateStatus? Tightest(List<ScopeRates> path, Func<ScopeRates, RateStatus?> of)
    {
        lock (_gate)
        {
            RateStatus? tightest = null;
            foreach (var scope in path)
            {
                if (of(scope) is { } status && (tightest is not { } other || status.Remaining * (double)other.Limit < other.Remaining * (double)status.Limit))
                    tightest = status;
            }

            return tightest;
        }
    }

    /// <summary>A scope that was quiet for some minutes has everything again, debts of tokens aside.</summary>
    private void Prune(long now, double ticksPerMinute)
    {
        if (_scopes.Count < Most)
            return;
        foreach (var (scope, rates) in _scopes)
        {
            if (rates.Running == 0 && now - rates.UsedAt > 2 * ticksPerMinute)
                _scopes.Remove(scope);
        }
    }
}
