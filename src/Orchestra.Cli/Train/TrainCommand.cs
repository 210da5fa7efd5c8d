using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tables;

namespace Orchestra.Cli.Train;

/// <summary><c>orchestra train</c>: trains a policy on outcome tables.</summary>
public static class TrainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = TableOptions.Data();
        var experts = new Option<string?>("--experts") { Description = "The experts to learn about, with commas between them, or all. Default: all.", HelpName = "a,b,c" };
        var price = PriceOption.Create();
        var output = new Option<string>("--out") { Description = "The policy file to write.", HelpName = "file", Required = true };
        var from = new Option<string?>("--from") { Description = "A policy file to go on from; the new policy stays near its decisions.", HelpName = "file" };
        var seed = BoundedOption.Create("--seed", "The seed of all chance: the same seed and data give the same bytes. Default: 1.", 0, long.MaxValue);
        seed.DefaultValueFactory = _ => 1;
        var epochs = BoundedOption.Create("--epochs", "Passes of GRPO over the rows; 0 stops after predicting outcomes. Default: 6.", 0, 1000);
        epochs.DefaultValueFactory = _ => 6;
        var group = BoundedOption.Create("--group", "Trajectories that are sampled for each query, 2 to 64. Default: 8.", 2, 64);
        group.DefaultValueFactory = _ => 8;
        var holdout = BoundedOption.Create("--holdout", "The share of rows held out to choose the best policy and to measure it, 0 to 0.9. Default: 0.2.", 0, 0.9);
        holdout.DefaultValueFactory = _ => 0.2;
        var command = new Command("train", "Train a policy on outcome tables: predict outcomes, then improve decisions with GRPO. Ctrl-C leaves the best policy so far.")
        {
            data, experts, price, output, from, seed, epochs, group, holdout,
        };
        var embedder = new TrainEmbedder();
        embedder.AddTo(command);
        command.SetAction((parse, ct) => TrainRun.RunAsync(
            new TrainRun(parse.GetRequiredValue(data), parse.GetRequiredValue(output))
            {
                Experts = parse.GetValue(experts) is { } names and not "all" ? names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null,
                Prices = parse.GetRequiredValue(price),
                From = parse.GetValue(from),
                Embedder = embedder.Read(parse),
                Seed = parse.GetValue(seed),
                Epochs = parse.GetValue(epochs),
                Group = parse.GetValue(group),
                Holdout = parse.GetValue(holdout),
            },
            parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, ct));
        return command.WithExamples(
            "./orchestra train --data mmlu_pro.jsonl.gz zeroeval.jsonl.gz --out policy.orchestra",
            "./orchestra train --data outcomes.jsonl --experts small,large --from policy.orchestra --out next.orchestra --seed 7");
    }
}
