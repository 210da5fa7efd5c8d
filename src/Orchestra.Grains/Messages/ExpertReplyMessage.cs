using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Grains.Messages;

/// <summary>An <see cref="ExpertReply"/> on its way to another silo.</summary>
/// <param name="Body">The answer, JSON as it came.</param>
/// <param name="Usage">Tokens used.</param>
[GenerateSerializer, Immutable, Alias("orchestra.expert-reply")]
public sealed record ExpertReplyMessage([property: Id(0)] ReadOnlyMemory<byte> Body, [property: Id(1)] UsageMessage Usage)
{
    /// <summary>The message of a reply.</summary>
    public static ExpertReplyMessage Of(ExpertReply reply) => new(reply.Completion.Body, UsageMessage.Of(reply.Usage));

    /// <summary>The reply again.</summary>
    public ExpertReply ToReply() => new(ChatCompletion.Parse(Body), Usage.ToUsage());
}
