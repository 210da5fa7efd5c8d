using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Gateway.Chat;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/policies</c>: policies, and which one conducts how much.</summary>
internal sealed class PolicyEndpoints(PolicyRegistry registry, IPolicyStore store, OrchestraOptions options)
{
    private const int UsualChanges = 20;

    public async Task ListAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "limit");
        await AdminBody.WriteAsync(context, new PolicyListResponse(await store.ListAsync(query.Limit, context.RequestAborted)), AdminJson.Default.PolicyListResponse);
    }

    public async Task AddAsync(HttpContext context)
    {
        // A policy is larger than any query may be.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
            most.MaxRequestBodySize = StoredPolicy.MaxBytes;
        var file = await RequestBody.ReadAsync(context.Request, StoredPolicy.MaxBytes, context.RequestAborted);
        var (policy, isNew) = await registry.AddAsync(file, AdminActor.Of(context), context.RequestAborted);
        await AdminBody.WriteAsync(context, policy, AdminJson.Default.StoredPolicy, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public async Task ShowAsync(HttpContext context) => await WriteAsync(context, QueryFields.Read(context, "limit") is var query && query.Text("limit") is null ? UsualChanges : query.Limit);

    public async Task ShadowAsync(HttpContext context)
    {
        await BodyFields.ReadAsync(context);
        await registry.ShadowAsync(AdminBody.Route(context, "id"), AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, UsualChanges);
    }

    public async Task CanaryAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, "share");
        await registry.CanaryAsync(AdminBody.Route(context, "id"), fields.Fraction("share") ?? 0, AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, UsualChanges);
    }

    public async Task PromoteAsync(HttpContext context)
    {
        await BodyFields.ReadAsync(context);
        await registry.PromoteAsync(AdminBody.Route(context, "id"), AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, UsualChanges);
    }

    public async Task RollBackAsync(HttpContext context)
    {
        await BodyFields.ReadAsync(context);
        await registry.RollBackAsync(AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, UsualChanges);
    }

    private async Task WriteAsync(HttpContext context, int changes)
    {
        var ct = context.RequestAborted;
        var rollout = await store.ReadRolloutAsync(ct);
        var tally = await store.ReadTallyAsync(rollout.Version, ct);
        var log = await store.ListChangesAsync(changes, ct);
        EntityTag.Write(context, rollout.Version);
        await AdminBody.WriteAsync(
            context,
            new RolloutResponse(
                options.Conductor.Kind, rollout.Version, rollout.Active, rollout.Candidate, rollout.Candidate is null ? null : rollout.Stage, rollout.Share, rollout.Since,
                rollout.Previous, rollout.CanGoBack, ArmResponse.Of(tally.Active), ArmResponse.Of(tally.Canary), tally.ShadowDecisions, tally.ShadowAgreements,
                [.. log.Select(RolloutChangeResponse.Of)]),
            AdminJson.Default.RolloutResponse);
    }
}
