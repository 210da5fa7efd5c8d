using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>
/// Clients that ask again and again through the gateways there are, as behind a load balancer: what a gateway does not take goes to the next one. Every second client asks for streams.
/// </summary>
internal sealed class GatewayLoad : IAsyncDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _clients;
    private volatile RunningSilo[] _gateways;
    private volatile bool _ends;
    private long _lastTrouble;
    private int _answered;

    private GatewayLoad(RunningSilo[] gateways, string key, int clients)
    {
        _gateways = gateways;
        _clients = [.. Enumerable.Range(0, clients).Select(client => AskAsync(client, key))];
    }

    /// <summary>Queries that were answered in full.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Queries that were answered with an error, or cut off.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    public static GatewayLoad Start(string key, int clients, params RunningSilo[] gateways) => new(gateways, key, clients);

    /// <summary>Asks these gateways from now on.</summary>
    public void Use(params RunningSilo[] gateways) => _gateways = gateways;

    /// <summary>Waits for so many further answers.</summary>
    public async Task AnswerAsync(int more)
    {
        var enough = Answered + more;
        await Eventually.TrueAsync(() => Answered >= enough || Array.TrueForAll(_clients, client => client.IsCompleted), $"{more} more answers; failures: {string.Join('\n', _failures.Take(3))}");
    }

    /// <summary>From then until the last query that took more than a second, or failed, had ended: how long the service was not whole.</summary>
    public TimeSpan TroubleSince(long timestamp) => _lastTrouble > timestamp ? Stopwatch.GetElapsedTime(timestamp, _lastTrouble) : TimeSpan.Zero;

    /// <summary>Waits until no client goes on, because the money is gone.</summary>
    public Task UntilOverAsync() => Task.WhenAll(_clients).WaitAsync(Bound);

    /// <summary>Lets every client receive its answer and ask no more.</summary>
    public async Task EndAsync()
    {
        _ends = true;
        await UntilOverAsync();
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task AskAsync(int number, string key)
    {
        using var http = new HttpClient { Timeout = Bound };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        for (var i = number; !_ends; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var gateways = _gateways;
            using var request = Upstreams.Ask(stream: number % 2 == 1);
            request.RequestUri = new Uri(new Uri(gateways[i % gateways.Length].Url), request.RequestUri!);
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                    return;
                await TakeAsync(response, number % 2 == 1, started);
            }
            catch (HttpRequestException)
            {
                // It was not taken, and goes to the next gateway.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    private async Task TakeAsync(HttpResponseMessage response, bool isStream, long started)
    {
        var body = string.Empty;
        var isCut = false;
        try
        {
            body = await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            isCut = true;
        }

        var isWhole = !isCut && response.IsSuccessStatusCode && (isStream ? body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) && !body.Contains("\"error\"", StringComparison.Ordinal) : body.Contains("hello", StringComparison.Ordinal));
        if (isWhole)
            Interlocked.Increment(ref _answered);
        else
            _failures.Enqueue($"{(int)response.StatusCode} {(isCut ? "cut" : "whole")} {body}");
        if (!isWhole || Stopwatch.GetElapsedTime(started) > Slow)
            Volatile.Write(ref _lastTrouble, Stopwatch.GetTimestamp());
    }
}
