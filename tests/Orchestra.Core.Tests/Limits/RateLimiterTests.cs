using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Tests.Limits;

public sealed class RateLimiterTests
{
    private static readonly Caller Plain = new(new Payer("acme", "blue", "ann", "k1"));
    private readonly FakeTimeProvider _time = new();
    private readonly RateLimiter _limiter;

    public RateLimiterTests() => _limiter = new RateLimiter(_time);

    [Fact]
    public void Without_limits_nothing_is_counted()
    {
        using var lease = Begin(Plain);
        lease.Take(long.MaxValue);
        (lease.Requests, lease.Tokens).ShouldBe((null, null));
    }

    [Fact]
    public void Requests_of_a_minute_are_counted_and_come_back_evenly()
    {
        var caller = Plain with { KeyLimits = new RateLimits(60, null, null) };
        for (var i = 0; i < 60; i++)
            Begin(caller).Dispose();
        var refusal = Should.Throw<RateLimitException>(() => Begin(caller));
        (refusal.Status, refusal.Code, refusal.RetryAfter).ShouldBe((429, ErrorCode.RateLimitExceeded, TimeSpan.FromSeconds(1)));
        refusal.Message.ShouldContain("key's limit of 60 requests per minute");
        _time.Advance(TimeSpan.FromSeconds(1));
        using var lease = Begin(caller);
        lease.Requests.ShouldBe(new RateStatus(60, 0, TimeSpan.FromMinutes(1)));
        Should.Throw<RateLimitException>(() => Begin(caller));
    }

    [Fact]
    public void A_refusal_on_one_level_takes_nothing_on_the_others()
    {
        var caller = Plain with { TenantLimits = new RateLimits(2, null, null), TeamLimits = new RateLimits(null, null, 1) };
        using (Begin(caller))
        {
            for (var i = 0; i < 5; i++)
                Should.Throw<RateLimitException>(() => Begin(caller)).Scope.ShouldBe(BudgetScope.Team("blue"));
        }

        using var second = Begin(caller);
        second.Requests!.Value.Remaining.ShouldBe(0);
    }

    [Fact]
    public void Requests_at_the_same_time_are_limited_and_each_ends_once()
    {
        var caller = Plain with { UserLimits = new RateLimits(null, null, 2) };
        var first = Begin(caller);
        using var second = Begin(caller);
        Should.Throw<RateLimitException>(() => Begin(caller)).Message.ShouldContain("2 requests at the same time");
        first.Dispose();
        first.Dispose();
        using var third = Begin(caller);
        Should.Throw<RateLimitException>(() => Begin(caller));
    }

    [Fact]
    public void A_request_that_was_refused_ends_nothing_when_it_is_disposed()
    {
        var caller = Plain with { KeyLimits = new RateLimits(null, null, 1) };
        using var first = Begin(caller);
        using (var refused = _limiter.Of(caller))
            Should.Throw<RateLimitException>(refused.Begin);
        Should.Throw<RateLimitException>(() => Begin(caller));
    }

    [Fact]
    public void Tokens_are_taken_as_estimated_and_corrected_to_what_was_used()
    {
        var caller = Plain with { KeyLimits = new RateLimits(null, 1_000, null) };
        using (var lease = Begin(caller))
        {
            lease.Take(600);
            using (var other = Begin(caller))
                Should.Throw<RateLimitException>(() => other.Take(600)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(12));
            lease.Used(100);
        }

        using (var lease = Begin(caller))
        {
            lease.Tokens!.Value.Remaining.ShouldBe(900);
            lease.Take(100);
            // A long answer leaves a debt.
            lease.Used(1_900);
        }

        Should.Throw<RateLimitException>(() => Begin(caller));
        _time.Advance(TimeSpan.FromMinutes(1));
        Should.Throw<RateLimitException>(() => Begin(caller));
        _time.Advance(TimeSpan.FromSeconds(1));
        using var after = Begin(caller);
        after.Take(1);
    }

    [Fact]
    public void A_request_larger_than_the_whole_limit_passes_when_everything_is_there()
    {
        var caller = Plain with { KeyLimits = new RateLimits(null, 1_000, null) };
        using (var lease = Begin(caller))
            lease.Take(5_000);
        Should.Throw<RateLimitException>(() => Begin(caller));
    }

    [Fact]
    public void Tenants_do_not_share_a_limit_and_a_new_limit_holds_at_once()
    {
        var caller = Plain with { TenantLimits = new RateLimits(1, null, null) };
        Begin(caller).Dispose();
        Should.Throw<RateLimitException>(() => Begin(caller));
        Begin(caller with { Payer = new Payer("zeta", "blue", "ann", "k1") }).Dispose();
        for (var i = 0; i < 9; i++)
            Begin(caller with { TenantLimits = new RateLimits(10, null, null) }).Dispose();
        Should.Throw<RateLimitException>(() => Begin(caller with { TenantLimits = new RateLimits(10, null, null) }));
    }

    [Fact]
    public async Task Many_at_once_are_granted_exactly_the_limit()
    {
        var caller = Plain with { TenantLimits = new RateLimits(300, null, null), KeyLimits = new RateLimits(500, null, null) };
        var granted = 0;
        await Parallel.ForAsync(0, 1_000, (_, _) =>
        {
            try
            {
                Begin(caller).Dispose();
                Interlocked.Increment(ref granted);
            }
            catch (RateLimitException)
            {
                // That is the point.
            }

            return ValueTask.CompletedTask;
        });
        granted.ShouldBe(300);
    }

    private RateLease Begin(Caller caller)
    {
        var lease = _limiter.Of(caller);
        lease.Begin();
        return lease;
    }
}
