using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="Payer"/> on its way to another silo.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="TeamId">The key's team, or empty.</param>
/// <param name="UserId">The key's user, or empty.</param>
/// <param name="KeyId">The API key.</param>
[GenerateSerializer, Immutable, Alias("orchestra.payer")]
public sealed record PayerMessage([property: Id(0)] string TenantId, [property: Id(1)] string TeamId, [property: Id(2)] string UserId, [property: Id(3)] string KeyId)
{
    /// <summary>The message of a payer.</summary>
    public static PayerMessage Of(Payer payer) => new(payer.TenantId, payer.TeamId, payer.UserId, payer.KeyId);

    /// <summary>The payer again.</summary>
    public Payer ToPayer() => new(TenantId, TeamId, UserId, KeyId);
}
