using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Trajectories;

namespace Orchestra.Cli.Export;

/// <summary>Writes the rows that trajectories make, one after the other as they are read; the file appears when it is complete.</summary>
internal sealed class OutcomeExport(ITrajectoryHistory history, TrajectoryFilter filter)
{
    private const int Step = 1_000;
    private readonly Dictionary<RowSkip, long> _skipped = [];
    private long _rows;
    private long _outcomes;

    /// <summary>Writes the file and tells what was done; <paramref name="progress"/> hears of every thousandth trajectory.</summary>
    public async Task<ExportSummary> WriteAsync(string path, Action<long, long> progress, CancellationToken ct)
    {
        var part = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] + ".part.gz" : path + ".part";
        try
        {
            Reserve(part);
            await using (var writer = OutcomeWriter.Create(part))
            {
                await foreach (var row in history.ReadOutcomesAsync(filter, reason => Skip(reason, progress), ct))
                {
                    await writer.WriteAsync(row, ct);
                    _rows++;
                    _outcomes += row.Outcomes.Count;
                    Tell(progress);
                }
            }

            File.Move(part, path, overwrite: true);
            return new ExportSummary(path, _rows, _outcomes, Of(RowSkip.NoText), Of(RowSkip.NoAnswer), Of(RowSkip.NoScore));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file '{path}' cannot be written ({error.Message}). Give another one with --out.", inner: error);
        }
        finally
        {
            // Not without a look: where its folder is missing, deleting throws over the error that says so.
            if (File.Exists(part))
                File.Delete(part);
        }
    }

    /// <summary>It holds prompts: for its owner alone.</summary>
    private static void Reserve(string part)
    {
        var rights = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            rights.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(part, rights).Dispose();
    }

    private long Of(RowSkip reason) => _skipped.GetValueOrDefault(reason);

    private void Skip(RowSkip reason, Action<long, long> progress)
    {
        _skipped[reason] = Of(reason) + 1;
        Tell(progress);
    }

    private void Tell(Action<long, long> progress)
    {
        var read = _rows + _skipped.Values.Sum();
        if (read % Step == 0)
            progress(read, _rows);
    }
}
