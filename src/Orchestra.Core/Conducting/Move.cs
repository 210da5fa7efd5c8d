using Orchestra.Core.Chat;

namespace Orchestra.Core.Conducting;

/// <summary>What a conductor decides to do next.</summary>
public abstract record Move
{
    private Move()
    {
    }

    /// <summary>Ask an expert.</summary>
    /// <param name="Expert">The expert's name.</param>
    /// <param name="Edits">What differs from the client's request.</param>
    /// <param name="Purpose">What the answer is for.</param>
    /// <param name="Judged">Whether the answer may still be rejected; one that may not is the final answer and streams straight through.</param>
    public sealed record Delegate(string Expert, RequestEdits Edits, Purpose Purpose, bool Judged) : Move;

    /// <summary>Call a tool.</summary>
    /// <param name="Tool">The tool's name in the catalogue.</param>
    /// <param name="Arguments">JSON text or a bare query.</param>
    /// <param name="ToolCallId">The model's id of the call that is being answered; null where the conductor itself calls.</param>
    public sealed record CallTool(string Tool, string Arguments, string? ToolCallId = null) : Move;

    /// <summary>Let the verifiers look at an observation.</summary>
    /// <param name="ObservationId">The observation's number.</param>
    public sealed record Verify(int ObservationId) : Move;

    /// <summary>Answer the client with an observation.</summary>
    /// <param name="ObservationId">The observation's number.</param>
    public sealed record Finish(int ObservationId) : Move;

    /// <summary>Answer nothing.</summary>
    /// <param name="Code">One of <see cref="Errors.ErrorCode"/>.</param>
    /// <param name="Reason">For the client: what is wrong and what to change.</param>
    public sealed record Refuse(string Code, string Reason) : Move;
}
