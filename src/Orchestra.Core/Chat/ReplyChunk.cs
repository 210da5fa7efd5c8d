namespace Orchestra.Core.Chat;

/// <summary>A piece of a streamed reply: one or more whole server-sent events, as they came.</summary>
/// <param name="Events">The events' bytes with their framing (<c>data: …\n\n</c>), never <c>[DONE]</c>; valid until the next chunk is asked for.</param>
/// <param name="OutputTokens">Tokens in this chunk as estimated from its deltas, for the growth of the reservation.</param>
/// <param name="Usage">The usage that the upstream reported, in the chunk that carries it.</param>
/// <param name="FinishReason">Why the reply ended, in the chunk that says so.</param>
public readonly record struct ReplyChunk(ReadOnlyMemory<byte> Events, int OutputTokens, TokenUsage? Usage, string? FinishReason);
