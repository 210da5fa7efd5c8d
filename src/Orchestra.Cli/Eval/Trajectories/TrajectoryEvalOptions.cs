using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Ledgers;
using Orchestra.Core.Learning.Evaluation.OffPolicy;
using Orchestra.Core.Trajectories;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Eval.Trajectories;

/// <summary>The options of <c>eval --trajectories</c>, which reads a node's store instead of tables: those of <c>export</c>, and how to weigh.</summary>
internal sealed class TrajectoryEvalOptions
{
    private const double MostLambda = 10;
    private readonly Option<bool> _flag = new("--trajectories") { Description = "Estimate the policy on the traffic that a node has logged, doubly robust: needs --policy; --data is the node's folder then. A node may be running." };
    private readonly Option<string?> _config = new("--config") { Description = "With --trajectories: the node's configuration file. Default: orchestra.json in this folder, where there is one.", HelpName = "FILE" };
    private readonly Option<string[]> _set = new("--set") { Description = "With --trajectories: a single setting of the node. May be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _tenant = TenantOption.Create();
    private readonly Option<DateTimeOffset?> _since = TimeOption.Create("--since", "With --trajectories: those from this time on, such as 2026-03-01. Default: all that are kept.");
    private readonly Option<DateTimeOffset?> _until = TimeOption.Create("--until", "With --trajectories: those before this time. Default: the present.");
    private readonly Option<double> _maxWeight = BoundedOption.Create("--max-weight", "With --trajectories: one query counts for no more than so many, 1 to 1000000. Default: 50.", 1.0, 1_000_000);

    public TrajectoryEvalOptions() => _maxWeight.DefaultValueFactory = _ => DoublyRobust.DefaultMaxWeight;

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_flag, _config, _set, _tenant, _since, _until, _maxWeight])
            command.Add(option);
    }

    /// <summary>Whether trajectories are evaluated; throws where one of these options is given without them.</summary>
    public bool AreMeant(ParseResult parse)
    {
        if (parse.GetValue(_flag))
            return true;
        var stray = ((Option[])[_config, _set, _tenant, _since, _until, _maxWeight]).FirstOrDefault(option => parse.GetResult(option) is { Implicit: false });
        return stray is null ? false : throw new CommandException($"{stray.Name} belongs to --trajectories: add that, or leave {stray.Name} out.", ExitCode.Usage);
    }

    /// <summary>What is asked for; throws <see cref="CommandException"/> where it contradicts itself.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="folders">The folder of the node's data, at most one.</param>
    /// <param name="policy">The candidate's file; null where none was named.</param>
    /// <param name="lambda">The λ of the candidate; null for that of each logged decision.</param>
    /// <param name="others">Options of the other protocols.</param>
    public TrajectoryEval Read(ParseResult parse, string[] folders, string? policy, double? lambda, params Option[] others)
    {
        if (others.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } stray)
            throw new CommandException($"{stray.Name} belongs to tables, and --trajectories reads none: leave one of them out.", ExitCode.Usage);
        if (policy is null)
            throw new CommandException("--trajectories needs the candidate: name its file with --policy.", ExitCode.Usage);
        if (folders.Length > 1)
            throw new CommandException("With --trajectories, --data is the one folder of the node's data.", ExitCode.Usage);
        if (lambda > MostLambda)
            throw new CommandException($"--lambda is {lambda}; policies decide on 0 to {MostLambda}.", ExitCode.Usage);
        var filter = new TrajectoryFilter(parse.GetValue(_tenant), parse.GetValue(_since), parse.GetValue(_until));
        if (filter.Since >= filter.Until)
            throw new CommandException("--since must lie before --until, which is not part of it.", ExitCode.Usage);
        return new TrajectoryEval(
            new HostSettings(parse.GetValue(_config), null, folders.FirstOrDefault(), parse.GetValue(_set) ?? []).Load(), policy, lambda, parse.GetValue(_maxWeight), filter);
    }
}
