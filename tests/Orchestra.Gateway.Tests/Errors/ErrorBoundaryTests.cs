using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Errors;

namespace Orchestra.Gateway.Tests.Errors;

public sealed class ErrorBoundaryTests : IDisposable
{
    private readonly KeptLog _log = new();
    private readonly MemoryStream _body = new();
    private readonly DefaultHttpContext _context;

    public ErrorBoundaryTests() => _context = new DefaultHttpContext { Request = { Path = "/path" }, Response = { Body = _body } };

    public void Dispose()
    {
        _log.Dispose();
        _body.Dispose();
    }

    [Fact]
    public async Task An_error_with_a_code_is_answered_and_not_logged()
    {
        (await RunAsync(new OrchestraException(ErrorCode.InvalidRequest, 400, "Say it better."))).ShouldContain("Say it better.");
        _context.Response.StatusCode.ShouldBe(400);
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_of_our_own_is_logged_with_its_path_and_not_shown()
    {
        var body = await RunAsync(new InvalidOperationException("a secret of the code"));

        _context.Response.StatusCode.ShouldBe(500);
        body.ShouldContain(ErrorCode.Internal);
        body.ShouldNotContain("secret");
        _log.Lines.ShouldHaveSingleItem().ShouldContain("/path");
    }

    [Fact]
    public async Task An_internal_error_with_a_code_is_logged_too()
    {
        await RunAsync(new OrchestraException(ErrorCode.Internal, 500, "Broken."));

        _log.Lines.ShouldHaveSingleItem().ShouldContain("/path");
    }

    [Theory]
    [InlineData(413, ErrorCode.BodyTooLarge)]
    [InlineData(400, ErrorCode.InvalidRequest)]
    public async Task What_the_server_refuses_has_our_error_format(int status, string code)
    {
        (await RunAsync(new BadHttpRequestException("Not like this.", status))).ShouldContain(code);
        _context.Response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_client_that_has_gone_gets_no_answer_and_is_no_fault()
    {
        _context.RequestAborted = new CancellationToken(canceled: true);

        (await RunAsync(new OperationCanceledException())).ShouldBeEmpty();
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancellation_that_no_client_asked_for_is_a_fault()
    {
        await RunAsync(new OperationCanceledException());

        _context.Response.StatusCode.ShouldBe(500);
        _log.Lines.ShouldHaveSingleItem();
    }

    private async Task<string> RunAsync(Exception error)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        await new ErrorBoundary(loggers.CreateLogger<ErrorBoundary>()).Around(_ => throw error)(_context);
        return Encoding.UTF8.GetString(_body.ToArray());
    }
}
