namespace Orchestra.Grains.Streams;

/// <summary>A stream between silos lost a part, or ended without its last one.</summary>
/// <param name="sequence">The number of the part that is missing.</param>
internal sealed class StreamCutException(long sequence) : IOException($"Part {sequence} of a stream between silos is missing.");
