namespace Orchestra.Core.Learning.Outcomes;

/// <summary>A line of a text file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Bytes">Its bytes without the line break; valid until the next read, empty where it is too long.</param>
/// <param name="IsTooLong">Whether it was longer than the limit.</param>
internal readonly record struct Line(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);
