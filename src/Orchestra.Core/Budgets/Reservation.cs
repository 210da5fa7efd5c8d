namespace Orchestra.Core.Budgets;

/// <summary>Money set aside for one call of an expert; it must end in exactly one settlement or release.</summary>
/// <param name="Id">The reservation's id, unique in the tenant's ledger.</param>
/// <param name="TenantId">Who pays.</param>
/// <param name="KeyId">The API key that asked.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Amount">What is set aside in all, extensions included.</param>
public sealed record Reservation(string Id, string TenantId, string KeyId, string Expert, string TrajectoryId, Money Amount);
