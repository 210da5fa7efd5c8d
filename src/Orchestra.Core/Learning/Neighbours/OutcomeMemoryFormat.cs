using System.Text;

namespace Orchestra.Core.Learning.Neighbours;

/// <summary>
/// A memory as bytes: format, dimensions, capacity, the names of the experts; then for each row its numbers, one bit for each expert that has a score, and the scores. Vectors
/// are kept as whole numbers, so there is no number that could be anything but finite.
/// </summary>
internal static class OutcomeMemoryFormat
{
    private const byte Format = 1;

    /// <summary>Strict: a name that is no text is damage.</summary>
    public static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(OutcomeMemory memory, BinaryWriter writer)
    {
        var snapshot = memory.Snapshot;
        writer.Write(Format);
        writer.Write((ushort)memory.Dimensions);
        writer.Write(memory.Capacity);
        writer.Write((ushort)snapshot.Experts.Count);
        foreach (var (name, _) in snapshot.Experts.OrderBy(expert => expert.Value))
        {
            var bytes = Text.GetBytes(name);
            writer.Write((ushort)bytes.Length);
            writer.Write(bytes);
        }

        writer.Write(snapshot.Count);
        var whole = new sbyte[(memory.Dimensions + 3) / 4 * 4];
        var mask = new byte[MaskBytes(snapshot.Experts.Count)];
        for (var row = 0; row < snapshot.Count; row++)
        {
            snapshot.Get(row, whole);
            foreach (var number in whole.AsSpan(0, memory.Dimensions))
                writer.Write(number);
            WriteScores(snapshot, row, mask, writer);
        }
    }

    public static OutcomeMemory Read(BinaryReader reader)
    {
        try
        {
            Check(reader.ReadByte() == Format, "its format is unknown");
            var dimensions = reader.ReadUInt16();
            Check(dimensions is >= 1 and <= OutcomeMemory.MaxDimensions, "its number of dimensions is out of bounds");
            var capacity = reader.ReadInt32();
            Check(capacity is >= 1 and <= OutcomeMemory.MaxCapacity && capacity % MemoryChunk.Rows == 0, "its capacity is out of bounds");
            var memory = new OutcomeMemory(dimensions, capacity);
            var names = ReadNames(reader);
            var count = reader.ReadInt32();
            Check(count >= 0 && count <= capacity, "its number of rows is out of bounds");
            ReadRows(reader, memory, names, count);
            return memory;
        }
        catch (Exception error) when (error is EndOfStreamException or DecoderFallbackException)
        {
            throw new InvalidDataException("The memory of outcomes is cut off or damaged.", error);
        }
    }

    private static void WriteScores(MemorySnapshot snapshot, int row, byte[] mask, BinaryWriter writer)
    {
        var chunk = snapshot.Chunks[row / MemoryChunk.Rows];
        Array.Clear(mask);
        for (var expert = 0; expert < snapshot.Experts.Count; expert++)
        {
            if (chunk.Score(row % MemoryChunk.Rows, expert) > 0)
                mask[expert / 8] |= (byte)(1 << (expert % 8));
        }

        writer.Write(mask);
        for (var expert = 0; expert < snapshot.Experts.Count; expert++)
        {
            if (chunk.Score(row % MemoryChunk.Rows, expert) is > 0 and var score)
                writer.Write(score);
        }
    }

    private static string[] ReadNames(BinaryReader reader)
    {
        var names = new string[reader.ReadUInt16()];
        Check(names.Length <= OutcomeMemory.MaxExperts, "it names too many experts");
        for (var i = 0; i < names.Length; i++)
        {
            var length = reader.ReadUInt16();
            Check(length <= OutcomeMemory.MaxNameBytes, "the name of an expert is too long");
            names[i] = Text.GetString(ReadBytes(reader, length));
        }

        Check(names.Distinct(StringComparer.Ordinal).Count() == names.Length, "it names an expert twice");
        return names;
    }

    private static void ReadRows(BinaryReader reader, OutcomeMemory memory, string[] names, int count)
    {
        memory.Know(names);
        var whole = new sbyte[(memory.Dimensions + 3) / 4 * 4];
        var scores = new List<KeyValuePair<string, ushort>>();
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < memory.Dimensions; i++)
            {
                whole[i] = reader.ReadSByte();
                Check(whole[i] is >= -QuantisedVector.RowMost and <= QuantisedVector.RowMost, "a number of a vector is out of bounds");
            }

            var mask = ReadBytes(reader, MaskBytes(names.Length));
            scores.Clear();
            for (var expert = 0; expert < mask.Length * 8; expert++)
            {
                if ((mask[expert / 8] & (1 << (expert % 8))) == 0)
                    continue;
                Check(expert < names.Length, "a row has the score of an expert that is not named");
                var score = reader.ReadUInt16();
                Check(score > 0, "a score is out of bounds");
                scores.Add(new(names[expert], score));
            }

            memory.Add(whole, scores);
        }
    }

    private static byte[] ReadBytes(BinaryReader reader, int length)
    {
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    private static int MaskBytes(int experts) => (experts + 7) / 8;

    private static void Check(bool holds, string what)
    {
        if (!holds)
            throw new InvalidDataException($"The memory of outcomes is damaged: {what}.");
    }
}
