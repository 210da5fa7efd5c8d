using System.Text;
using Orchestra.Core.Chat;

namespace Orchestra.Cli.Replay;

/// <summary>What a model answered to a prompt; kept as UTF-8, half the size of a string.</summary>
/// <param name="Utf8">The answer's text.</param>
/// <param name="Usage">Tokens that the call used, estimated where the table does not say.</param>
/// <param name="Latency">How long the call took, estimated where the table does not say.</param>
public sealed record RecordedReply(byte[] Utf8, TokenUsage Usage, TimeSpan Latency)
{
    /// <summary>The answer's text.</summary>
    public string Text => Encoding.UTF8.GetString(Utf8);
}
