namespace Orchestra.Core.Configuration;

/// <summary>The section <c>Orchestra</c> of the configuration.</summary>
public sealed class OrchestraOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Orchestra";

    /// <summary>The experts by name. Default: what the host finds on the machine, a calculator and a search.</summary>
    public Dictionary<string, ExpertOptions> Experts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Who decides, and the hard limits around every query.</summary>
    public ConductorOptions Conductor { get; set; } = new();

    /// <summary>How money is set aside.</summary>
    public BudgetOptions Budgets { get; set; } = new();

    /// <summary>Where tenants, ledgers and trajectories are kept.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>The HTTP surface.</summary>
    public GatewayOptions Gateway { get; set; } = new();

    /// <summary>What is kept of every query.</summary>
    public TrajectoryOptions Trajectories { get; set; } = new();

    /// <summary>What the host does to learn from its queries.</summary>
    public LearningOptions Learning { get; set; } = new();

    /// <summary>How a silo takes part in a cluster.</summary>
    public ClusterOptions Cluster { get; set; } = new();
}
