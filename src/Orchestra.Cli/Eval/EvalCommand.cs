using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Eval.Trajectories;
using Orchestra.Cli.Tables;

namespace Orchestra.Cli.Eval;

/// <summary><c>orchestra eval</c>: what a policy reaches on recorded outcomes, beside the baselines, or on logged traffic.</summary>
public static class EvalCommand
{
    private const double MostLambda = 1000;

    /// <summary>The command.</summary>
    public static Command Create() => Create(PolicySources.Default);

    /// <summary>The command with policies from elsewhere.</summary>
    internal static Command Create(PolicySources sources)
    {
        var data = TableOptions.Data();
        data.Required = false;
        data.Description = "Outcome tables, .jsonl or .jsonl.gz; with --trajectories the folder of the node's data.";
        var policy = new Option<string?>("--policy") { Description = "A policy file that `orchestra train` wrote.", HelpName = "file" };
        var weak = new Option<string?>("--weak") { Description = "The weak expert of a pair, with --strong: adds APGR, CPT50 and CPT80.", HelpName = "expert" };
        var strong = new Option<string?>("--strong") { Description = "The strong expert of the pair.", HelpName = "expert" };
        var experts = new Option<string?>("--experts") { Description = "The experts to choose from, with commas between them, or all. Default: all.", HelpName = "a,b,c" };
        var price = PriceOption.Create();
        var cascade = new Option<string>("--cascade") { Description = "on: decisions see the answers so far and may go on; of a pair the weak expert is always asked first. off: one decision before any answer. Default: on.", HelpName = "on|off", DefaultValueFactory = _ => "on" };
        cascade.AcceptOnlyFromAmong("on", "off");
        var folds = BoundedOption.Create("--folds", "Train on all folds but one and evaluate on that one, in turn: 2 to 20 folds.", 2, 20);
        var epochs = BoundedOption.Create("--epochs", "With --folds: passes of GRPO of each training, 0 (only predicted outcomes) to 1000. Default: 4.", 0, 1000);
        epochs.DefaultValueFactory = _ => 4;
        var rank = new Option<bool>("--rank-in-folds") { Description = "With --folds and a pair: compare preferences by their rank within the fold instead of as they are." };
        var online = new Option<bool>("--online") { Description = "Learn as it goes: each query is decided before its outcome is known, and only outcomes of experts that were asked are seen. Needs a pair." };
        var orders = BoundedOption.Create("--orders", "Random orders of the queries with --online, 1 to 100. Default: 10.", 1, 100);
        orders.DefaultValueFactory = _ => 10;
        var lambda = BoundedOption.Create(
            "--lambda", $"Weight of efficiency against accuracy in the decisions of --online (default: 1), 0 to {MostLambda}, or of --trajectories (default: as logged), 0 to 10.", 0, MostLambda);
        lambda.DefaultValueFactory = _ => 1;
        var seed = BoundedOption.Create("--seed", "The seed of folds, orders and intervals. Default: 1.", 0, long.MaxValue);
        seed.DefaultValueFactory = _ => 1;
        var json = NodeOptions.Json();
        var logged = new TrajectoryEvalOptions();
        var plot = new Option<string?>("--plot") { Description = "Draw accuracy against cost into this SVG file.", HelpName = "file" };
        var command = new Command("eval", "Evaluate a policy on outcome tables, beside the baselines: accuracy, cost, frontier, and for a pair APGR and CPT, with 95 % intervals; or on the traffic that a node has logged.")
        {
            data, policy, weak, strong, experts, price, cascade, folds, epochs, rank, online, orders, lambda, seed, json, plot,
        };
        logged.AddTo(command);
        command.SetAction((parse, ct) =>
        {
            if (logged.AreMeant(parse))
            {
                double? given = parse.GetResult(lambda) is { Implicit: false } ? parse.GetValue(lambda) : null;
                return logged.Read(parse, parse.GetValue(data) ?? [], parse.GetValue(policy), given, weak, strong, experts, cascade, folds, epochs, rank, online, orders, seed, plot)
                    .RunAsync(parse.GetValue(json), parse.InvocationConfiguration.Output, ct);
            }

            var options = new EvalOptions(parse.GetValue(data) is { Length: > 0 } files ? files : throw new CommandException("Option '--data' is required: name outcome tables, or evaluate logged traffic with --trajectories.", ExitCode.Usage))
            {
                Policy = parse.GetValue(policy),
                Weak = parse.GetValue(weak),
                Strong = parse.GetValue(strong),
                Experts = Names(parse.GetValue(experts)),
                Prices = parse.GetRequiredValue(price),
                Cascade = parse.GetValue(cascade) == "on",
                Folds = parse.GetValue(folds),
                Epochs = parse.GetValue(epochs),
                RankInFolds = parse.GetValue(rank),
                Orders = parse.GetValue(online) ? parse.GetValue(orders) : 0,
                Lambda = parse.GetValue(lambda),
                Seed = parse.GetValue(seed),
                Json = parse.GetValue(json),
                Plot = parse.GetValue(plot),
            };
            EvalOptionsCheck.Check(options);
            return EvalRun.RunAsync(options, sources, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, ct);
        });
        return command.WithExamples(
            "./orchestra eval --data mmlu_pro.jsonl.gz --policy policy.orchestra --plot frontier.svg",
            "./orchestra eval --data mmlu_pro.jsonl.gz --folds 5 --experts gemini-1.5-flash,gpt-4o",
            "./orchestra eval --data routellm_gsm8k.jsonl.gz --weak mixtral-8x7b --strong gpt-4-1106 --policy policy.orchestra --cascade off --json",
            "./orchestra eval --data routellm_mmlu.jsonl.gz --price mixtral-8x7b=0.6/0.6 gpt-4-1106=10/30 --policy policy.orchestra --cascade off",
            "./orchestra eval --data routellm_gsm8k.jsonl.gz --weak mixtral-8x7b --strong gpt-4-1106 --online --orders 10",
            "./orchestra eval --trajectories --policy candidate.orchestra --config orchestra.json --since 2026-03-01");
    }

    private static string[]? Names(string? list) =>
        list is null or "all" ? null : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
