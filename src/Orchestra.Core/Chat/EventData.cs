namespace Orchestra.Core.Chat;

/// <summary>The data of one server-sent event.</summary>
internal static class EventData
{
    /// <summary>The data without its field name; several lines of it are joined. Empty for comments and for events without data.</summary>
    /// <param name="block">The event with its line ends.</param>
    /// <param name="manyLines">Whether it has more than one line.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> block, bool manyLines) => manyLines ? Join(block) : OfLine(block);

    private static ReadOnlySpan<byte> OfLine(ReadOnlySpan<byte> line) =>
        line.StartsWith("data:"u8) ? line[5..].Trim(" \r\n"u8) : default;

    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> block)
    {
        var joined = new byte[block.Length];
        var length = 0;
        foreach (var range in block.Split((byte)'\n'))
        {
            var data = OfLine(block[range]);
            if (data.IsEmpty)
                continue;
            if (length > 0)
                joined[length++] = (byte)'\n';
            data.CopyTo(joined.AsSpan(length));
            length += data.Length;
        }

        return joined.AsSpan(0, length);
    }
}
