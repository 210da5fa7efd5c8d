using System.Text;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Remembers the few texts and payers that most rows share, so that reading a long ledger does not make them anew for every row.</summary>
internal sealed class SqliteTextCache
{
    private const int Size = 1_024;
    private const int Longest = 128;
    private readonly (byte[] Bytes, string Text)[] _texts = new (byte[], string)[Size];
    private readonly Payer?[] _payers = new Payer?[Size];

    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return string.Empty;
        ref var slot = ref _texts[Slot(utf8)];
        if (slot.Bytes is not null && utf8.SequenceEqual(slot.Bytes))
            return slot.Text;
        var text = Encoding.UTF8.GetString(utf8);
        if (utf8.Length <= Longest)
            slot = (utf8.ToArray(), text);
        return text;
    }

    public Payer Payer(string tenant, ReadOnlySpan<byte> team, ReadOnlySpan<byte> user, ReadOnlySpan<byte> key)
    {
        var (teamId, userId, keyId) = (Text(team), Text(user), Text(key));
        ref var slot = ref _payers[(Slot(key) * 31) + (Slot(user) * 7) + Slot(team) & (Size - 1)];
        if (slot is { } known && known.KeyId == keyId && known.UserId == userId && known.TeamId == teamId && known.TenantId == tenant)
            return known;
        return slot = new Payer(tenant, teamId, userId, keyId);
    }

    // Ids differ at their ends.
    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        foreach (var letter in utf8.Length > 8 ? utf8[^8..] : utf8)
            hash = (hash * 31) + letter;
        return (int)(hash & (Size - 1));
    }
}
