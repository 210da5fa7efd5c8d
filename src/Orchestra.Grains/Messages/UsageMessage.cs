using Orchestra.Core.Chat;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="TokenUsage"/> on its way to another silo.</summary>
/// <param name="Input">Prompt tokens.</param>
/// <param name="Output">Completion tokens.</param>
/// <param name="Estimated">Whether Orchestra estimated the counts.</param>
[GenerateSerializer, Immutable, Alias("orchestra.usage")]
public readonly record struct UsageMessage([property: Id(0)] long Input, [property: Id(1)] long Output, [property: Id(2)] bool Estimated)
{
    /// <summary>The message of a usage.</summary>
    public static UsageMessage Of(TokenUsage usage) => new(usage.Input, usage.Output, usage.Estimated);

    /// <summary>The usage again.</summary>
    public TokenUsage ToUsage() => new(Input, Output, Estimated);
}
