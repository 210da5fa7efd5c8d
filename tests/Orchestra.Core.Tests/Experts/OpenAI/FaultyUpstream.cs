using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>
/// An upstream at protocol level: real sockets, and a script for each request that says what goes over them, byte by byte where need be.
/// The last script serves all further requests.
/// </summary>
public sealed class FaultyUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<FaultyExchange, Task>> _scripts = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly ConcurrentQueue<FaultyRequest> _requests = new();
    private readonly Task _accepting;
    private Func<FaultyExchange, Task> _last;
    private int _accepted;

    public FaultyUpstream(params Func<FaultyExchange, Task>[] scripts)
    {
        _last = scripts[^1];
        foreach (var script in scripts)
            _scripts.Enqueue(script);
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _accepting = AcceptAsync();
    }

    /// <summary>The base address to configure.</summary>
    public Uri Endpoint { get; }

    /// <summary>The requests that came, in order.</summary>
    public IReadOnlyList<FaultyRequest> Requests => [.. _requests];

    /// <summary>Connections that were made.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>An address where nothing listens.</summary>
    public static Uri NobodyHome()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.TryAdd(ServeAsync(client), true);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        try
        {
            while (await ReadRequestAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                var script = _scripts.TryDequeue(out var next) ? _last = next : _last;
                var exchange = new FaultyExchange(request, client, stream, _stop.Token);
                await script(exchange);
                if (exchange.IsClosed)
                    return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<FaultyRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return null;
            received.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.Latin1.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var lines = text[..end].Split("\r\n");
            var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var length = headers.TryGetValue("Content-Length", out var value) ? int.Parse(value) : 0;
            if (received.Count >= end + 4 + length)
                return new FaultyRequest(lines[0], headers, Encoding.UTF8.GetString([.. received.Skip(end + 4).Take(length)]));
        }
    }
}
