using System.Net.Sockets;
using System.Text;

namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>Asks as fast as the other side answers: one request at a time on each connection.</summary>
internal sealed class LoadGenerator(TimeProvider time)
{
    private const int MaxFailureText = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private long _guests = InitialGuest(time);

    public async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(plan.Seconds) + Patience, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var sockets = new List<Socket>();
        try
        {
            for (var connection = 0; connection < plan.Connections; connection++)
                sockets.Add(await ConnectAsync(plan.Url, ended.Token));
            var start = time.GetTimestamp();
            var until = start + (long)(plan.Seconds * time.TimestampFrequency);
            var tallies = await Task.WhenAll(sockets.Select(socket => AskAsync(socket, plan, until, ended.Token)));
            return Summarize(tallies, time.GetElapsedTime(start));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    // Two runs of the bench against one node should not ask the same things.
    private static long InitialGuest(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() * 1_000;

    private static async Task<Socket> ConnectAsync(Uri url, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, ct);
        return socket;
    }

    private async Task<LoadTally> AskAsync(Socket socket, LoadPlan plan, long until, CancellationToken ct)
    {
        var tally = new LoadTally();
        var request = new LoadRequest(plan);
        var reader = new HttpMessageReader(socket, time);
        try
        {
            long now;
            while ((now = time.GetTimestamp()) < until)
            {
                await socket.SendAsync(request.For(Interlocked.Increment(ref _guests)), SocketFlags.None, ct);
                if (!await reader.ReadAsync(ct))
                    throw new IOException("The connection was closed instead of an answer.");
                if (!reader.Head.StartsWith("HTTP/1.1 200 "u8) || (plan.Stream && reader.FirstEventAt == 0))
                    tally.Fail(Describe(reader));
                else
                    tally.Latencies.Add((plan.Stream ? reader.FirstEventAt : time.GetTimestamp()) - now);
            }
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            tally.Fail(ct.IsCancellationRequested ? "No answer came in time." : error.Message);
        }

        return tally;
    }

    private static string Describe(HttpMessageReader reader)
    {
        var head = reader.Head;
        var status = Encoding.UTF8.GetString(head[..head.IndexOf((byte)'\r')]);
        return $"{status}: {Encoding.UTF8.GetString(reader.Body[..Math.Min(reader.Body.Length, MaxFailureText)]).ReplaceLineEndings(" ")}";
    }

    private LoadResult Summarize(LoadTally[] tallies, TimeSpan elapsed)
    {
        var latencies = tallies.SelectMany(tally => tally.Latencies).Order().ToArray();
        var tick = 1000.0 / time.TimestampFrequency;
        return new LoadResult(
            latencies.Length,
            tallies.Sum(tally => tally.Failures),
            tallies.Select(tally => tally.FirstFailure).FirstOrDefault(failure => failure is not null),
            latencies.Length / elapsed.TotalSeconds,
            LatencyStatistics.Percentile(latencies, 50) * tick,
            LatencyStatistics.Percentile(latencies, 99) * tick);
    }
}
