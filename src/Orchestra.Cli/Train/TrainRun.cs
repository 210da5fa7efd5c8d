using System.Security.Cryptography;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tables;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Cli.Train;

/// <summary>One training as the command line asks for it.</summary>
/// <param name="Files">Outcome tables.</param>
/// <param name="Out">The policy file to write.</param>
internal sealed record TrainRun(IReadOnlyList<string> Files, string Out)
{
    /// <summary>The experts to learn about; null takes all.</summary>
    public IReadOnlyList<string>? Experts { get; init; }

    /// <summary>What experts charge whose costs are not recorded.</summary>
    public IReadOnlyDictionary<string, ExpertPrice> Prices { get; init; } = new Dictionary<string, ExpertPrice>();

    /// <summary>The policy file to go on from; null begins from nothing.</summary>
    public string? From { get; init; }

    /// <summary>Makes the vectors of prompts; null for Orchestra's own.</summary>
    public IEmbedder? Embedder { get; init; }

    /// <summary>The seed of all chance.</summary>
    public long Seed { get; init; }

    /// <summary>Passes of GRPO.</summary>
    public int Epochs { get; init; }

    /// <summary>Trajectories of a group.</summary>
    public int Group { get; init; }

    /// <summary>The share of rows held out.</summary>
    public double Holdout { get; init; }

    /// <summary>Reads, trains and writes.</summary>
    public static async Task<int> RunAsync(TrainRun run, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(run.Out)) is { } folder && !Directory.Exists(folder))
            throw new CommandException($"The folder of '{run.Out}' does not exist. Make it, or choose another file with --out.");
        var rows = new List<OutcomeRow>();
        var prints = new List<DataFingerprint>();
        var malformed = new MalformedRowLog(error);
        foreach (var file in run.Files)
        {
            var before = rows.Count;
            await foreach (var row in OutcomeReader.ReadAsync(file, malformed.Add, ct))
                rows.Add(row);
            prints.Add(new DataFingerprint(Path.GetFileName(file), rows.Count - before, await HashAsync(file, ct)));
        }

        malformed.Finish();
        var table = ReplayTable.Create(rows, run.Experts, run.Prices);
        if (run.Embedder is { } embedder)
            table = table.With(await RowVectors.ReadAsync(table, embedder, TimeProvider.System, ct));
        var previous = run.From is { } from ? await Policy.ReadAsync(from, ct) : null;
        var options = new TrainingOptions
        {
            Seed = run.Seed, Epochs = run.Epochs, Group = run.Group, Holdout = run.Holdout, Previous = previous, Data = prints,
        };
        var policy = await TrainProgress.ShowAsync(Terminal.On(error), progress => PolicyTrainer.Train(table, options, progress, ct));
        await WriteAsync(run.Out, policy.ToBytes());
        CardTable.Write(policy, Terminal.On(output));
        await output.WriteLineAsync(ct.IsCancellationRequested ? $"Stopped early; the best policy so far is in {run.Out}." : $"Written to {run.Out}.");
        return ct.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
    }

    private static async Task<string> HashAsync(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    /// <summary>Writes beside the file and then takes its place, so that a node that watches it never sees half of one.</summary>
    private static async Task WriteAsync(string path, byte[] bytes)
    {
        var part = path + ".part";
        await File.WriteAllBytesAsync(part, bytes, CancellationToken.None);
        File.Move(part, path, overwrite: true);
    }
}
