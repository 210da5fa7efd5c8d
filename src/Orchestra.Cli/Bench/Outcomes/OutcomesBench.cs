using System.Globalization;
using System.Runtime.CompilerServices;
using Orchestra.Cli.Ask;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>Sends the prompts of outcome tables through a node and grades what comes back.</summary>
/// <param name="options">What to send, and where.</param>
/// <param name="time">Measures the wall time.</param>
public sealed class OutcomesBench(OutcomesBenchOptions options, TimeProvider time)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Number of rows that will be sent; throws <see cref="OrchestraException"/> where there is none.</summary>
    public async Task<int> CountAsync(CancellationToken ct)
    {
        var count = 0;
        await foreach (var _ in RowsAsync(report: null, ct))
            count++;
        return count > 0 ? count : throw new OrchestraException(ErrorCode.NotFound, 404, "The tables have no rows: give outcome tables with --data.");
    }

    /// <summary>Sends the rows, <see cref="OutcomesBenchOptions.Concurrency"/> at a time; throws <see cref="CommandException"/> where the node cannot be asked at all.</summary>
    /// <param name="onMalformed">Told of the rows that are skipped.</param>
    /// <param name="onReply">Told after each reply.</param>
    /// <param name="ct">Stops the run.</param>
    public async Task<OutcomesReport> RunAsync(Action<MalformedRow> onMalformed, Action onReply, CancellationToken ct)
    {
        using var node = new NodeClient(options.Url, options.Key);
        await node.CheckAsync(ct);
        var tally = new OutcomesTally();
        var started = time.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = ct };
        await Parallel.ForEachAsync(RowsAsync(onMalformed, ct), parallel, async (row, stop) =>
        {
            tally.Add(row, await AskAsync(node, row.Prompt, stop));
            onReply();
        });
        return tally.Report(time.GetElapsedTime(started));
    }

    /// <summary>Asks one prompt; whatever goes wrong becomes the reply's error code.</summary>
    private async Task<NodeReply> AskAsync(NodeClient node, string prompt, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(AnswerTimeout);
        try
        {
            var answer = await AskClient.AskAsync(node, new AskRequest(prompt, options.Model, Stream: false), _ => Task.CompletedTask, patience.Token);
            return Reply(answer.Text, null, answer.Report);
        }
        catch (NodeException error)
        {
            return Reply(null, error.Code, error.Report);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Reply(null, "timeout", NodeReport.None);
        }
    }

    private static NodeReply Reply(string? text, string? errorCode, NodeReport report)
    {
        var cost = decimal.TryParse(report.Cost, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) ? dollars : (decimal?)null;
        return new NodeReply(text, errorCode, cost, report.Experts, report.TrajectoryId);
    }

    private async IAsyncEnumerable<OutcomeRow> RowsAsync(Action<MalformedRow>? report, [EnumeratorCancellation] CancellationToken ct)
    {
        var left = options.Limit;
        foreach (var file in options.Files)
        {
            await foreach (var row in OutcomeReader.ReadAsync(file, report, ct))
            {
                if (left-- <= 0)
                    yield break;
                yield return row;
            }
        }
    }
}
