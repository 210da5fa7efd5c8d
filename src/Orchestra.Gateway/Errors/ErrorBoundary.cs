using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Errors;

/// <summary>Runs an endpoint and turns what it throws into a response.</summary>
internal sealed partial class ErrorBoundary(ILogger<ErrorBoundary> logger)
{
    /// <summary>The endpoint with this boundary around it.</summary>
    public RequestDelegate Around(RequestDelegate endpoint) => async context =>
    {
        try
        {
            await endpoint(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
        }
        catch (OrchestraException error) when (!context.Response.HasStarted)
        {
            if (error.Code == ErrorCode.Internal)
                LogFault(error, context.Request.Path);
            await ErrorResponse.WriteAsync(context, error);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            var code = error.StatusCode == StatusCodes.Status413PayloadTooLarge ? ErrorCode.BodyTooLarge : ErrorCode.InvalidRequest;
            await ErrorResponse.WriteAsync(context, new OrchestraException(code, error.StatusCode, error.Message));
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            LogFault(error, context.Request.Path);
            var message = "Orchestra failed to serve this request; its log says why. Please report it with the trajectory's id if there is one.";
            await ErrorResponse.WriteAsync(context, new OrchestraException(ErrorCode.Internal, 500, message));
        }
        catch (Exception error)
        {
            LogFault(error, context.Request.Path);
            context.Abort();
        }
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Path} failed")]
    private partial void LogFault(Exception error, string path);
}
