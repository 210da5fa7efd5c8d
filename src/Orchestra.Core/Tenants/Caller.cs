using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tenants;

/// <summary>Who asks: an authenticated API key and who pays for it.</summary>
/// <param name="Payer">Who pays.</param>
public sealed record Caller(Payer Payer)
{
    /// <summary>Whose queries.</summary>
    public string TenantId => Payer.TenantId;

    /// <summary>The key's public part.</summary>
    public string KeyId => Payer.KeyId;
}
