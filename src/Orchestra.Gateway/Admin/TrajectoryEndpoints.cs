using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Trajectories;

namespace Orchestra.Gateway.Admin;

/// <summary>Trajectories.</summary>
internal sealed class TrajectoryEndpoints(ITrajectoryStore store)
{
    public async Task ShowAsync(HttpContext context)
    {
        var trajectory = await store.FindAsync(AdminBody.Route(context, "id"), context.RequestAborted)
            ?? throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such trajectory, or it is older than Orchestra:Trajectories:Retention.");
        await AdminBody.WriteAsync(context, trajectory, TrajectoryJson.Default.Trajectory);
    }
}
