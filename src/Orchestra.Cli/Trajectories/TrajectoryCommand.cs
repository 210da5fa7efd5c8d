using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Trajectories;

/// <summary><c>orchestra trajectory</c>: what happened to one query.</summary>
public static class TrajectoryCommand
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The id from the header x-orchestra-trajectory, or from the last line of ask." };
        var url = NodeOptions.Url();
        var key = NodeOptions.AdminKey();
        var json = NodeOptions.Json();
        var command = new Command("trajectory", "Show what happened to one query: each move with its reason, verdict, cost and latency.") { id, url, key, json };
        command.SetAction(async (parse, ct) =>
        {
            var adminKey = NodeOptions.RequireKey(
                parse.GetValue(key), "--admin-key", NodeOptions.AdminKeyVariable, "The node prints its admin key when it starts for the first time.");
            using var node = new NodeClient(parse.GetRequiredValue(url), adminKey);
            using var response = await node.SendAsync(HttpMethod.Get, $"admin/trajectories/{Uri.EscapeDataString(parse.GetRequiredValue(id))}", null, ct);
            using var trajectory = await NodeClient.ReadJsonAsync(response, MaxBytes, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
                await output.WriteLineAsync(trajectory.RootElement.GetRawText());
            else
                TrajectoryTable.Write(trajectory.RootElement, Terminal.On(output));
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra trajectory traj_0196f0a2c5d47d0d9a3c1f9d6f1f7c55", "./orchestra trajectory traj_0196f0a2c5d47d0d9a3c1f9d6f1f7c55 --json | jq .steps");
    }
}
