using System.Globalization;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>A place between two rows of the ledgers, which lie by tenant and version.</summary>
/// <param name="TenantId">The tenant of the row before it.</param>
/// <param name="Version">The version of the row before it.</param>
public readonly record struct LedgerPosition(string TenantId, long Version)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out LedgerPosition position)
    {
        var colon = text.LastIndexOf(':');
        var isGood = long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && colon > 0;
        position = isGood ? new(text[..colon], version) : default;
        return isGood;
    }

    /// <summary>The position as a client keeps it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TenantId}:{Version}");
}
