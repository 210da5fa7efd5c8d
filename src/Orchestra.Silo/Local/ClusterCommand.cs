using System.CommandLine;
using Orchestra.Hosting.Http;

namespace Orchestra.Silo.Local;

/// <summary><c>orchestra cluster</c>: a real cluster on one machine, each silo a process of its own.</summary>
internal static class ClusterCommand
{
    private const int MostExperts = 64;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var experts = new Option<int>("--experts") { Description = $"How many silos hold experts, 0 to {MostExperts}. Default: 2.", HelpName = "N", DefaultValueFactory = _ => 2 };
        experts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > MostExperts)
                result.AddError($"--experts takes a number from 0 to {MostExperts}.");
        });
        var config = new Option<string?>("--config") { Description = "The configuration file of all silos. Default: orchestra.json in this folder, where there is one.", HelpName = "FILE" };
        var urls = new Option<string?>("--urls") { Description = $"Where the gateway listens. Default: {HttpHost.DefaultUrl}.", HelpName = "URLS" };
        var data = new Option<string>("--data") { Description = "The folder of the database and the logs. Default: data/cluster.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("data", "cluster") };
        var postgres = new Option<string?>("--postgres") { Description = "A PostgreSQL to use. Default: ORCHESTRA_POSTGRES, else one that is started for the cluster.", HelpName = "CONNECTION" };
        var set = new Option<string[]>("--set") { Description = "A single setting for all silos. May be repeated.", HelpName = "NAME=VALUE" };
        var command = new Command("cluster", "Run a cluster on this machine: PostgreSQL, a gateway and conductor silo, and silos that hold experts.") { experts, config, urls, data, postgres, set };
        command.SetAction(async (parse, ct) =>
        {
            var plan = new LocalPlan(parse.GetValue(experts), parse.GetValue(config), parse.GetValue(urls) ?? HttpHost.DefaultUrl, Path.GetFullPath(parse.GetValue(data)!), parse.GetValue(set) ?? []);
            var output = parse.InvocationConfiguration.Output;
            await using var database = await LocalDatabase.OpenAsync(parse.GetValue(postgres), plan.Folder, output, ct);
            await using var cluster = await LocalCluster.StartAsync(plan, database.ConnectionString, output, ct);
            await cluster.WaitAsync(output, ct);
            return 0;
        });
        return command;
    }
}
