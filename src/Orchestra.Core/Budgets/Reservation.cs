namespace Orchestra.Core.Budgets;

/// <summary>Money set aside for one call of an expert; it must end in exactly one settlement.</summary>
/// <param name="Id">The reservation's id, unique in the tenant's ledger.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Amount">What is set aside in all, extensions included.</param>
public sealed record Reservation(string Id, Payer Payer, string Expert, string TrajectoryId, Money Amount)
{
    /// <summary>Whose ledger records it.</summary>
    public string TenantId => Payer.TenantId;
}
