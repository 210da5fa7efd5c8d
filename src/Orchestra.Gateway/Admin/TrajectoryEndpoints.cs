using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Trajectories;

namespace Orchestra.Gateway.Admin;

/// <summary>Trajectories with their feedback and shadow answers.</summary>
internal sealed class TrajectoryEndpoints(ITrajectoryStore store, ITrajectoryHistory history)
{
    public async Task ShowAsync(HttpContext context)
    {
        var trajectory = await store.FindAsync(AdminBody.Route(context, "id"), context.RequestAborted)
            ?? throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such trajectory, or it is older than Orchestra:Trajectories:Retention.");
        await AdminBody.WriteAsync(context, await history.CompleteAsync(trajectory, context.RequestAborted), TrajectoryJson.Default.Trajectory);
    }
}
