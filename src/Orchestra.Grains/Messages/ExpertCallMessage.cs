using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Grains.Messages;

/// <summary>An <see cref="ExpertCall"/> on its way to another silo.</summary>
[GenerateSerializer, Immutable, Alias("orchestra.expert-call")]
public sealed record ExpertCallMessage
{
    /// <summary>The call's id.</summary>
    [Id(0)]
    public required string CallId { get; init; }

    /// <summary>The client's request, JSON as it came.</summary>
    [Id(1)]
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The edit of the output limit.</summary>
    [Id(2)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>Messages to add at the end.</summary>
    [Id(3)]
    public string[] AppendMessages { get; init; } = [];

    /// <summary>Messages that replace the client's.</summary>
    [Id(4)]
    public string[]? ReplaceMessages { get; init; }

    /// <summary>The tools to offer.</summary>
    [Id(5)]
    public string? Tools { get; init; }

    /// <summary>Whether the client's other fields are left out.</summary>
    [Id(6)]
    public bool Bare { get; init; }

    /// <summary>Arguments of a tool.</summary>
    [Id(7)]
    public string? Arguments { get; init; }

    /// <summary>Whether a stream ends with the chunk of usage.</summary>
    [Id(8)]
    public bool IncludeUsage { get; init; }

    /// <summary>The message of a call.</summary>
    public static ExpertCallMessage Of(ExpertCall call) => new()
    {
        CallId = call.Id,
        Body = call.Request.Body,
        MaxOutputTokens = call.Edits.MaxOutputTokens,
        AppendMessages = [.. call.Edits.AppendMessages],
        ReplaceMessages = call.Edits.ReplaceMessages?.ToArray(),
        Tools = call.Edits.Tools,
        Bare = call.Edits.Bare,
        Arguments = call.Arguments,
        IncludeUsage = call.IncludeUsage,
    };

    /// <summary>The call again; its request is read anew and checked as one from a client.</summary>
    public ExpertCall ToCall()
    {
        var edits = new RequestEdits { MaxOutputTokens = MaxOutputTokens, AppendMessages = AppendMessages, ReplaceMessages = ReplaceMessages, Tools = Tools, Bare = Bare };
        return new ExpertCall(CallId, ChatRequestReader.Read(Body), edits, Arguments) { IncludeUsage = IncludeUsage };
    }
}
