using System.Text;
using System.Text.Json;

namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>A request's bytes, made once; only the guest's name changes, so that no answer can come from a cache of identical prompts.</summary>
internal sealed class LoadRequest
{
    private const string Placeholder = "aaaaaaaa";

    private readonly byte[] _bytes;
    private readonly int _name;

    public LoadRequest(LoadPlan plan)
    {
        var model = JsonEncodedText.Encode(plan.Model);
        var body = $$"""{"model":"{{model}}","messages":[{"role":"system","content":"You are a friendly host."},{"role":"user","content":"Please say hello to our guest {{Placeholder}}."}]{{(plan.Stream ? ",\"stream\":true" : "")}}}""";
        var head = $"POST {plan.Url.AbsolutePath.TrimEnd('/')}/v1/chat/completions HTTP/1.1\r\nHost: {plan.Url.Authority}\r\nAuthorization: Bearer {plan.Key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        _bytes = Encoding.ASCII.GetBytes(head + body);
        _name = _bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(Placeholder));
    }

    /// <summary>The request for this guest.</summary>
    public ReadOnlyMemory<byte> For(long guest)
    {
        for (var place = Placeholder.Length - 1; place >= 0; place--)
        {
            _bytes[_name + place] = (byte)('a' + (guest % 26));
            guest /= 26;
        }

        return _bytes;
    }
}
