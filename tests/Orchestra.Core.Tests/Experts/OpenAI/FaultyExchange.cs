using System.Net.Sockets;
using System.Text;

namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>What a script may do to one request.</summary>
public sealed class FaultyExchange(FaultyRequest request, TcpClient client, NetworkStream stream, CancellationToken ct)
{
    /// <summary>The request.</summary>
    public FaultyRequest Request { get; } = request;

    /// <summary>Whether the script closed the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Sends bytes at once.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes, ct);

    /// <summary>Sends text at once.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a whole reply with its length.</summary>
    public Task ReplyAsync(int status, string body, string type = "application/json", params string[] headers)
    {
        var more = string.Concat(headers.Select(header => header + "\r\n"));
        return SendAsync($"HTTP/1.1 {status} Because\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{more}\r\n{body}");
    }

    /// <summary>Begins a reply in chunks.</summary>
    public Task BeginAsync(string type = "text/event-stream") =>
        SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>Sends one chunk of the body.</summary>
    public Task ChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Ends a reply in chunks.</summary>
    public Task EndAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Waits until the client closes its side.</summary>
    public async Task UntilClientLeavesAsync()
    {
        IsClosed = true;
        try
        {
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, ct) > 0)
            {
                // More of it may be on its way.
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A reset is a way to leave, too.
        }
    }

    /// <summary>Closes the connection in order.</summary>
    public void Close()
    {
        IsClosed = true;
        client.Client.Shutdown(SocketShutdown.Send);
        client.Close();
    }

    /// <summary>Breaks the connection.</summary>
    public void Reset()
    {
        IsClosed = true;
        client.Client.LingerState = new LingerOption(enable: true, 0);
        client.Close();
    }
}
