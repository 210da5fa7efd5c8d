using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Ledgers;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Core.Learning.Evaluation.OffPolicy;
using Orchestra.Core.Trajectories;
using Orchestra.Hosting.Experts;

namespace Orchestra.Cli.Eval.Trajectories;

/// <summary>An evaluation on logged traffic.</summary>
/// <param name="Options">The node's configuration.</param>
/// <param name="Policy">The candidate's file.</param>
/// <param name="Lambda">Its λ; null for that of each logged decision.</param>
/// <param name="MaxWeight">The bound of a query's weight.</param>
/// <param name="Filter">Which trajectories.</param>
internal sealed record TrajectoryEval(OrchestraOptions Options, string Policy, double? Lambda, double MaxWeight, TrajectoryFilter Filter)
{
    /// <summary>Runs it and prints the report.</summary>
    public async Task<int> RunAsync(bool json, TextWriter output, CancellationToken ct)
    {
        var policy = await Core.Learning.Policies.Policy.ReadAsync(Policy, ct);
        await using var ledgers = await OpenLedgers.OpenAsync(Options, ct);
        var log = ledgers.Trajectories.ReadAsync(Filter, ct);
        // The work is arithmetic: a thread of the pool does it, so that Ctrl-C is heard meanwhile.
        var report = await Task.Run(
            () => OffPolicyEvaluation.RunAsync(log, policy, new OffPolicyOptions(Experts(Options)) { Lambda = Lambda, MaxWeight = MaxWeight }, ct), ct);
        if (json)
            await output.WriteLineAsync(TrajectoryEvalJson.Write(policy.Id, this, report));
        else
            TrajectoryEvalTable.Write(Terminal.On(output), policy.Id, this, report);
        return ExitCode.Ok;
    }

    /// <summary>The experts as the node's conductor would see them.</summary>
    private static Dictionary<string, ExpertDescriptor> Experts(OrchestraOptions options) => options.Experts
        .Where(expert => expert.Value.Kind is not ("calculator" or "search"))
        .ToDictionary(expert => expert.Key, expert => OpenAIExpert.Describe(ChatExperts.Resolve(expert.Key, expert.Value, _ => null, [])), StringComparer.Ordinal);
}
