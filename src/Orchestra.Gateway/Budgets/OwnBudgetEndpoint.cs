using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets;
using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Authentication;

namespace Orchestra.Gateway.Budgets;

/// <summary><c>GET /v1/budget</c>: the budgets and rate limits that a key is held to, and nothing of anybody else's.</summary>
internal sealed class OwnBudgetEndpoint(IBudgets budgets, ApiKeyAuthenticator keys, RateLimiter limiter)
{
    /// <summary>Shows them; this counts against no limit.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (BearerToken.Of(context.Request) is not { } token || await keys.AuthenticateAsync(token, context.RequestAborted) is not { } caller)
            throw BearerToken.Refused("API key", "the node printed one at its first start, and POST /admin/tenants/{id}/keys makes more");
        var state = await budgets.GetAsync(caller.Payer, context.RequestAborted);
        using var lease = limiter.Of(caller);
        var response = new OwnBudgetResponse(
            caller.TenantId, Or(caller.Payer.TeamId), Or(caller.Payer.UserId), caller.KeyId, state.TimeZone,
            [.. state.Budgets.Select(budget => BudgetSummary.Of(caller.TenantId, budget))],
            [.. lease.Levels.Select(level => new RateLimitResponse(
                level.Scope.ToString(), Of(level.Requests), Of(level.Tokens),
                level.ConcurrentRequests is { } most ? new ConcurrencyResponse(most, Math.Max(0, most - level.Running)) : null))]);
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.SerializeToUtf8Bytes(response, OwnBudgetJson.Default.OwnBudgetResponse);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static string? Or(string id) => id.Length > 0 ? id : null;

    private static RateResponse? Of(RateStatus? status) =>
        status is { } known ? new RateResponse(known.Limit, known.Remaining, Math.Round(known.Reset.TotalSeconds, 3)) : null;
}
