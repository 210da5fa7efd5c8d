using System.Text.Json;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Reads the reply of an embeddings endpoint: <c>{"data": [{"embedding": […]}]}</c>, whatever else it holds.</summary>
internal static class EmbeddingReply
{
    /// <summary>The vector, brought to length one. Throws <see cref="UpstreamFaultException"/> or <see cref="JsonException"/> where it is not what was asked for.</summary>
    public static float[] Read(ReadOnlyMemory<byte> reply, int dimensions)
    {
        using var document = JsonDocument.Parse(reply);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root ||
            !root.TryGetProperty("data"u8, out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() != 1 ||
            data[0].ValueKind != JsonValueKind.Object || !data[0].TryGetProperty("embedding"u8, out var embedding) || embedding.ValueKind != JsonValueKind.Array)
            throw EmbeddingFaults.Malformed("sent a reply that is not one embedding");
        var length = embedding.GetArrayLength();
        if (length != dimensions)
            throw EmbeddingFaults.Malformed($"sent a vector of {length} numbers where Orchestra:Learning:Embeddings:Dimensions says {dimensions}");
        var vector = new float[dimensions];
        var i = 0;
        foreach (var number in embedding.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out vector[i++]))
                throw EmbeddingFaults.Malformed("sent a vector with something else than numbers in it");
        }

        return UnitVector.TryNormalise(vector) ? vector : throw EmbeddingFaults.Malformed("sent a vector with a number that is not finite");
    }
}
