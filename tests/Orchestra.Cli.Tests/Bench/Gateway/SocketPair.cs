using System.Net;
using System.Net.Sockets;

namespace Orchestra.Cli.Tests.Bench.Gateway;

/// <summary>Two ends of one real connection.</summary>
internal sealed record SocketPair(Socket Near, Socket Far) : IDisposable
{
    public static async Task<SocketPair> OpenAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await near.ConnectAsync(listener.LocalEndPoint!);
        var far = await listener.AcceptAsync();
        far.NoDelay = true;
        return new SocketPair(near, far);
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
