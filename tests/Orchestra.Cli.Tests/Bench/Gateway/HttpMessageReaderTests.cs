using System.Text;
using Orchestra.Cli.Bench.Gateway;

namespace Orchestra.Cli.Tests.Bench.Gateway;

public sealed class HttpMessageReaderTests
{
    private const string Sized = "HTTP/1.1 200 OK\r\ncontent-LENGTH:  5\r\nX: y\r\n\r\nhello";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\nA\r\ndata: 22\n\n\r\n0\r\n\r\n";
    private const string Bodyless = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Messages_are_told_apart_however_the_bytes_are_split(int piece)
    {
        using var sockets = await SocketPair.OpenAsync();
        var bytes = Encoding.ASCII.GetBytes(Sized + Chunked + Bodyless + Sized);
        var sending = SendAsync(sockets, bytes, piece);
        var reader = new HttpMessageReader(sockets.Near, TimeProvider.System);
        var found = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
            found.Add(Encoding.ASCII.GetString(reader.Head) + Encoding.ASCII.GetString(reader.Body));

        await sending;
        found.ShouldBe([Sized, Chunked, Bodyless, Sized]);
    }

    [Theory]
    [InlineData(Sized, false)]
    [InlineData(Chunked, true)]
    public async Task The_first_event_has_a_time_where_there_is_one(string message, bool hasEvent)
    {
        using var sockets = await SocketPair.OpenAsync();
        await SendAsync(sockets, Encoding.ASCII.GetBytes(message), message.Length);
        var reader = new HttpMessageReader(sockets.Near, TimeProvider.System);

        await reader.ReadAsync(CancellationToken.None);

        (reader.FirstEventAt != 0).ShouldBe(hasEvent);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "middle")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "no size")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "no size")]
    public async Task A_broken_message_is_an_error(string text, string words)
    {
        using var sockets = await SocketPair.OpenAsync();
        await SendAsync(sockets, Encoding.ASCII.GetBytes(text), text.Length);
        var reader = new HttpMessageReader(sockets.Near, TimeProvider.System);

        var error = await Should.ThrowAsync<IOException>(() => reader.ReadAsync(CancellationToken.None).AsTask());

        error.Message.ShouldContain(words);
    }

    [Fact]
    public async Task An_endless_message_is_refused()
    {
        using var sockets = await SocketPair.OpenAsync();
        var sending = SendAsync(sockets, new byte[HttpMessageReader.MaxMessage + 1], HttpMessageReader.MaxMessage + 1);
        var reader = new HttpMessageReader(sockets.Near, TimeProvider.System);

        var error = await Should.ThrowAsync<IOException>(() => reader.ReadAsync(CancellationToken.None).AsTask());

        error.Message.ShouldContain("longer than");
        sockets.Near.Close();
        await Record.ExceptionAsync(() => sending);
    }

    private static async Task SendAsync(SocketPair sockets, byte[] bytes, int piece)
    {
        foreach (var part in bytes.Chunk(piece))
            await sockets.Far.SendAsync(part);
        sockets.Far.Shutdown(System.Net.Sockets.SocketShutdown.Send);
    }
}
