using System.Globalization;
using System.Net;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>Clients that ask a node again and again until they are told to end, it is gone, or the money is; and what they were told that it cost.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Ask = """{"model":"small","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}""";

    /// <summary>More than one of these queries holds: 64 tokens of output and a short prompt.</summary>
    public const decimal Hold = 0.0002m;

    private readonly Lock _gate = new();
    private readonly Task[] _clients;
    private volatile bool _ends;
    private decimal _reported;
    private int _answered;
    private int _failed;

    private Load(NodeProcess node, string key, int clients) => _clients = [.. Enumerable.Range(0, clients).Select(_ => AskAsync(node, key))];

    /// <summary>Queries that were answered whole.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Queries that the node answered with an error of its own.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>The sum of the costs of the answered queries, as the node told them.</summary>
    public decimal Reported
    {
        get
        {
            lock (_gate)
                return _reported;
        }
    }

    /// <summary>The last error that is not about money.</summary>
    public string LastError { get; private set; } = string.Empty;

    public static Load Start(NodeProcess node, string key, int clients) => new(node, key, clients);

    /// <summary>Asks once; the answer is the caller's.</summary>
    public static Task<HttpResponseMessage> AskOnceAsync(HttpClient client, string question = "Hi") =>
        client.PostAsync("/v1/chat/completions", new StringContent(Ask.Replace("Hi", question, StringComparison.Ordinal)));

    /// <summary>Waits for so many further answers.</summary>
    public async Task AnswerAsync(int more)
    {
        var enough = Answered + more;
        await Eventually.TrueAsync(() => Answered >= enough || _clients.All(client => client.IsCompleted), $"{more} more answers; the last error: {LastError}");
        Answered.ShouldBeGreaterThanOrEqualTo(enough, LastError);
    }

    /// <summary>Waits until no client goes on, because the money or the node is gone.</summary>
    public Task UntilOverAsync() => Task.WhenAll(_clients).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Lets every client receive its answer and ask no more.</summary>
    public async Task EndAsync()
    {
        _ends = true;
        await UntilOverAsync();
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task AskAsync(NodeProcess node, string key)
    {
        using var client = node.Client(key);
        try
        {
            while (!_ends)
            {
                using var response = await AskOnceAsync(client);
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    (await response.Content.ReadAsStringAsync()).ShouldContain("insufficient_quota");
                    return;
                }

                await CountAsync(response);
            }
        }
        catch (HttpRequestException)
        {
            // The node was killed.
        }
    }

    private async Task CountAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            var cost = decimal.Parse(response.Headers.GetValues("x-orchestra-cost-usd").Single(), CultureInfo.InvariantCulture);
            lock (_gate)
                _reported += cost;
            Interlocked.Increment(ref _answered);
            return;
        }

        LastError = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBeInRange(500, 503, LastError);
        Interlocked.Increment(ref _failed);
    }
}
