using System.Net;
using System.Net.Sockets;

namespace Orchestra.Silo.Local;

/// <summary>Finds ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>A free port of this machine; another program may take it before it is used.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
