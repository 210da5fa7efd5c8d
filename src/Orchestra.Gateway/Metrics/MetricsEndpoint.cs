using Microsoft.AspNetCore.Http;

namespace Orchestra.Gateway.Metrics;

/// <summary><c>GET /metrics</c>: what the process measures, for Prometheus; without a key, and read anew once a second at most, however often it is asked.</summary>
internal sealed class MetricsEndpoint(MetricsCollector collector, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock _reading = new();
    private ReadOnlyMemory<byte> _page;
    private long _readAt;

    /// <summary>Sends the page.</summary>
    public Task ServeAsync(HttpContext context)
    {
        var page = Page();
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    private ReadOnlyMemory<byte> Page()
    {
        lock (_reading)
        {
            if (_page.IsEmpty || time.GetElapsedTime(_readAt) >= Fresh)
            {
                _readAt = time.GetTimestamp();
                _page = collector.Read();
            }

            return _page;
        }
    }
}
