using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Gateway.Admin;
using Orchestra.Gateway.Authentication;
using RateLimiter = Orchestra.Core.Limits.RateLimiter;

namespace Orchestra.Gateway.Feedback;

/// <summary><c>POST /v1/feedback</c>: what a client says of an answer that its tenant got.</summary>
internal sealed class FeedbackEndpoint(
    ITrajectoryStore trajectories, ITrajectoryHistory history, ApiKeyAuthenticator keys, RateLimiter limiter, TrajectoryOptions options, TimeProvider time) : IDisposable
{
    private const int MaxIdLength = 128;

    /// <summary>Feedback never takes more of the database than this, whoever sends how much of it: queries need it, too.</summary>
    private readonly ConcurrencyLimiter _store = new(new ConcurrencyLimiterOptions { PermitLimit = 2, QueueLimit = 256, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Keeps it; counts as a request against the caller's limits.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (BearerToken.Of(context.Request) is not { } token || await keys.AuthenticateAsync(token, ct) is not { } caller)
            throw BearerToken.Refused("API key", "the node printed one at its first start, and POST /admin/tenants/{id}/keys makes more");
        using var lease = limiter.Of(caller);
        context.Features.Set(lease);
        lease.Begin();
        var feedback = FeedbackFields.Read(await BodyFields.ReadAsync(context, FeedbackFields.Known), caller.KeyId, time.GetUtcNow());
        var kept = options.KeepTexts ? feedback : feedback with { CorrectAnswer = null, Comment = null };
        using var place = await _store.AcquireAsync(1, ct);
        if (!place.IsAcquired)
            throw new OrchestraException(ErrorCode.Overloaded, 503, "Too much feedback is waiting to be stored. Send it again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        // Another tenant's trajectory is as unknown as one that there never was.
        if (!IsId(kept.TrajectoryId) || await trajectories.FindAsync(kept.TrajectoryId, ct) is not { } trajectory || trajectory.TenantId != caller.TenantId)
        {
            throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such trajectory, or it is older than Orchestra:Trajectories:Retention. Send the value of the header x-orchestra-trajectory, once the answer is complete.")
            {
                Param = "trajectory",
            };
        }

        if (kept.Score is not null || kept.CorrectAnswer is not null || kept.Comment is not null)
            await history.AddAsync(trajectory, kept, ct);
        await AdminBody.WriteAsync(context, FeedbackResponse.Of(kept), FeedbackJson.Default.FeedbackResponse);
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
