namespace Orchestra.Core.Learning.Policies;

/// <summary>Strengths as bytes: the experts' names, then for each weight that is not 0 for all of them its index and theirs, in half precision, in ascending order.</summary>
internal static class ExpertStrengthsFormat
{
    public static void Write(ExpertStrengths strengths, BinaryWriter writer)
    {
        writer.Write((byte)strengths.Names.Count);
        foreach (var name in strengths.Names)
            writer.Write(name);
        var present = Enumerable.Range(0, ExpertStrengths.Length).Where(weight => Enumerable.Range(0, strengths.Names.Count).Any(expert => (Half)strengths[expert, weight] != (Half)0)).ToList();
        writer.Write((ushort)present.Count);
        foreach (var weight in present)
        {
            writer.Write((ushort)weight);
            for (var expert = 0; expert < strengths.Names.Count; expert++)
                writer.Write((Half)strengths[expert, weight]);
        }
    }

    /// <summary>Reads what was written; throws <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> where it is damaged.</summary>
    public static ExpertStrengths Read(BinaryReader reader)
    {
        var names = new string[reader.ReadByte()];
        Check(names.Length <= ExpertStrengths.MostExperts, "it knows the strengths of too many experts");
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        Check(names.Distinct(StringComparer.Ordinal).Count() == names.Length, "it knows the strengths of an expert twice");
        var strengths = new ExpertStrengths(names);
        var count = reader.ReadUInt16();
        for (int i = 0, before = -1; i < count; i++)
        {
            var weight = reader.ReadUInt16();
            Check(weight > before && weight < ExpertStrengths.Length, "a term lies outside the table");
            before = weight;
            for (var expert = 0; expert < names.Length; expert++)
            {
                var strength = (float)reader.ReadHalf();
                Check(float.IsFinite(strength), "a weight is not a number");
                strengths[expert, weight] = strength;
            }
        }

        return strengths;
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
            throw new InvalidDataException(what);
    }
}
