using System.Net;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Sends a body that is already JSON, and knows whether it was sent whole.</summary>
internal sealed class JsonBodyContent : HttpContent
{
    private readonly PooledBody _body;

    public JsonBodyContent(PooledBody body)
    {
        _body = body;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <summary>Whether every byte was handed to the connection.</summary>
    public bool WasSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_body.Written, cancellationToken);
        WasSent = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
