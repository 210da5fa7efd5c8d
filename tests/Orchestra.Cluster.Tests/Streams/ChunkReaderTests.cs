using System.Text;
using FsCheck.Xunit;
using Orchestra.Cluster.Tests.Messages;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Streams;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Cluster.Tests.Streams;

public sealed class ChunkReaderTests
{
    [Property]
    public async Task What_is_fed_is_read_in_order_byte_for_byte(byte[][] pieces)
    {
        var read = new List<string>();
        await foreach (var chunk in ChunkReader.ReadAsync(CrossedAsync(StreamFeed.ReadAsync(_ => Task.FromResult(new OpenStream(ChunksAsync(pieces))), default)), null, default))
            read.Add(Convert.ToHexString(chunk.Events.Span));
        read.ShouldBe(pieces.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task A_missing_part_is_noticed()
    {
        for (var missing = 0; missing < 4; missing++)
        {
            var parts = Parts(3).Where((_, i) => i != missing);
            (await Should.ThrowAsync<StreamCutException>(() => CountAsync(parts))).Message.ShouldContain(missing.ToString());
        }
    }

    [Fact]
    public Task A_part_that_comes_twice_is_noticed() => Should.ThrowAsync<StreamCutException>(() => CountAsync([.. Parts(3).Take(2), .. Parts(3).Skip(1)]));

    [Fact]
    public async Task What_went_before_an_error_is_read_and_then_it_is_thrown()
    {
        var read = 0;
        var error = await Should.ThrowAsync<ExpertException>(async () =>
        {
            await foreach (var chunk in ChunkReader.ReadAsync(StreamFeed.ReadAsync(_ => Task.FromResult(new OpenStream(FailingAsync())), default), null, default))
                read += chunk.OutputTokens;
        });
        (read, error.Expert).ShouldBe((1, "small"));
    }

    [Theory]
    [InlineData(9, EndlessSource.Far)]
    [InlineData(20_000, 20)]
    [InlineData(10_000_000, 4)]
    public async Task A_reader_that_stops_stops_the_source_which_never_runs_far_ahead(int chunkBytes, int most)
    {
        var source = new EndlessSource(new byte[chunkBytes]);
        await using (var chunks = ChunkReader.ReadAsync(StreamFeed.ReadAsync(_ => Task.FromResult(new OpenStream(source.ReadAsync())), default), null, default).GetAsyncEnumerator())
        {
            (await chunks.MoveNextAsync()).ShouldBeTrue();
            await source.UntilHeldUpAsync();
            source.Produced.ShouldBeLessThan(most);
        }

        source.IsDisposed.ShouldBeTrue();
    }

    private static List<StreamPart> Parts(int chunks) =>
    [
        .. Enumerable.Range(0, chunks).Select(i => StreamPart.Of(new ReplyChunk(Encoding.UTF8.GetBytes($"data: {i}\n\n"), 1, null, null), i)),
        new StreamPart { Sequence = chunks, IsLast = true },
    ];

    private static async Task<int> CountAsync(IEnumerable<StreamPart> parts)
    {
        var count = 0;
        await foreach (var _ in ChunkReader.ReadAsync(parts.ToAsyncEnumerable(), null, default))
            count++;
        return count;
    }

    private static async IAsyncEnumerable<StreamPart> CrossedAsync(IAsyncEnumerable<StreamPart> parts)
    {
        await foreach (var part in parts)
            yield return Wire.Cross(part);
    }

    private static async IAsyncEnumerable<ReplyChunk> ChunksAsync(byte[][] pieces)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return new ReplyChunk(piece, 1, null, null);
        }
    }

    private static async IAsyncEnumerable<ReplyChunk> FailingAsync()
    {
        yield return new ReplyChunk("data: 1\n\n"u8.ToArray(), 1, null, null);
        await Task.Yield();
        throw new ExpertException("small", ErrorCode.UpstreamFailed, 502, "It fell.");
    }
}
