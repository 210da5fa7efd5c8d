using System.Net;
using System.Net.Sockets;

namespace Orchestra.Cli.Bench.Gateway.Upstream;

/// <summary>A chat completion server that answers every request with the same bytes.</summary>
internal sealed class MockUpstream(TimeProvider time) : IDisposable
{
    private const int MaxConnections = 1024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Binds to this port of the loopback address, or to a free one where it is 0; returns the port.</summary>
    public int Listen(int port)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(MaxConnections);
        return ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    /// <summary>Serves connections until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var connections = new HashSet<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(ct);
                connections.RemoveWhere(connection => connection.IsCompleted);
                if (connections.Count < MaxConnections)
                    connections.Add(ServeAsync(socket, ct));
                else
                    socket.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket socket, CancellationToken ct)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var reader = new HttpMessageReader(socket, time);
        try
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.Body.IndexOf("\"stream\":true"u8) < 0)
                {
                    await socket.SendAsync(MockReply.Whole, SocketFlags.None, ct);
                    continue;
                }

                foreach (var piece in MockReply.Pieces)
                    await socket.SendAsync(piece, SocketFlags.None, ct);
            }
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            // The other side went away or the bench is over: nobody is left to tell.
        }
    }
}
