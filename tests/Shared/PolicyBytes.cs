using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Tests;

/// <summary>Policy files: a real, small policy under a card of the test's own.</summary>
internal static class PolicyBytes
{
    private const int CardAt = 14;
    private static readonly Lazy<byte[]> Template = new(Train);

    /// <summary>A policy whose card has this seed; each seed gives another id.</summary>
    public static byte[] Of(int seed)
    {
        var card = Encoding.UTF8.GetBytes($$"""{"seed":{{seed}},"data":[{"name":"table.jsonl","rows":12,"sha256":"ab"}],"experts":["small","large"],"training":{"epochs":3},"frontier":[{"name":"λ=1","accuracy":0.75,"cost_usd_per1k":0.5,"calls_per_query":1.5}]}""");
        var template = Template.Value;
        var rest = CardAt + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(template.AsSpan(CardAt));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(template.AsSpan(0, CardAt));
        writer.Write(card.Length);
        writer.Write(card);
        writer.Write(template.AsSpan(rest, template.Length - rest - SHA256.HashSizeInBytes));
        writer.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    /// <summary>As above, with one bit that is wrong.</summary>
    public static byte[] Damaged(int seed)
    {
        var bytes = Of(seed);
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    /// <summary>The id of such a file.</summary>
    public static string IdOf(int seed) => $"pol_{Convert.ToHexStringLower(SHA256.HashData(Of(seed).AsSpan()[..^32]).AsSpan(0, 8))}";

    private static byte[] Train()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new OutcomeRow($"row-{i}", "toy", $"question number {i} of the toy", new Dictionary<string, Outcome>
        {
            ["small"] = new(i % 2) { CostUsd = 0.0001m, InputTokens = 10, OutputTokens = 10 + i },
            ["large"] = new(1) { CostUsd = 0.01m, InputTokens = 10, OutputTokens = 10 + i },
        })).ToList();
        return PolicyTrainer.Train(ReplayTable.Create(rows), new TrainingOptions { Epochs = 0 }, null, CancellationToken.None).ToBytes();
    }
}
