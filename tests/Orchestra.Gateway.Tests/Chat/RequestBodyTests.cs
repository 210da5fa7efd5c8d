using System.IO.Pipelines;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Chat;

namespace Orchestra.Gateway.Tests.Chat;

public sealed class RequestBodyTests
{
    [Property(MaxTest = 100)]
    public async Task However_a_body_is_cut_into_pieces_it_is_read_whole(byte[][] pieces)
    {
        var pipe = new Pipe();
        var reading = RequestBody.ReadAsync(Request(pipe.Reader), int.MaxValue, default);
        foreach (var piece in pieces)
            await pipe.Writer.WriteAsync(piece);
        await pipe.Writer.CompleteAsync();

        (await reading).ToArray().ShouldBe([.. pieces.SelectMany(piece => piece)]);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_taken() =>
        (await RequestBody.ReadAsync(Request(PipeReader.Create(new MemoryStream(new byte[100]))), 100, default)).Length.ShouldBe(100);

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_its_end()
    {
        var pipe = new Pipe();
        var reading = RequestBody.ReadAsync(Request(pipe.Reader), 100, default);
        await pipe.Writer.WriteAsync(new byte[101]);

        var error = await Should.ThrowAsync<OrchestraException>(reading.AsTask());

        (error.Code, error.Status).ShouldBe((ErrorCode.BodyTooLarge, 413));
        error.Message.ShouldContain("100 bytes");
        error.Message.ShouldContain("MaxBodyBytes");
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_a_byte_is_read()
    {
        var request = Request(new Pipe().Reader);
        request.ContentLength = 101;

        (await Should.ThrowAsync<OrchestraException>(RequestBody.ReadAsync(request, 100, default).AsTask())).Status.ShouldBe(413);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_reading()
    {
        using var gone = new CancellationTokenSource();
        var reading = RequestBody.ReadAsync(Request(new Pipe().Reader), 100, gone.Token);
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading.AsTask());
    }

    private static HttpRequest Request(PipeReader body)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(body));
        return context.Request;
    }

    private sealed record BodyPipe(PipeReader Reader) : IRequestBodyPipeFeature;
}
