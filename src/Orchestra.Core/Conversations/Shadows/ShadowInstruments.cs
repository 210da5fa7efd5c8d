using System.Diagnostics.Metrics;

namespace Orchestra.Core.Conversations.Shadows;

/// <summary>What becomes of shadow comparisons, for whoever listens to the meter <c>Orchestra.Shadows</c>.</summary>
internal static class ShadowInstruments
{
    /// <summary>The expert answered, and the answer is stored.</summary>
    public const string Answered = "answered";

    /// <summary>The expert failed, and that is stored.</summary>
    public const string Failed = "failed";

    /// <summary>The budget of the tenant that pays does not cover it.</summary>
    public const string NoBudget = "no_budget";

    /// <summary>There is no such tenant, or it is disabled.</summary>
    public const string NoTenant = "no_tenant";

    /// <summary>Too many wait already.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>The host stopped before its end.</summary>
    public const string Stopped = "stopped";

    /// <summary>Orchestra's or the expert's own code failed, or the store did.</summary>
    public const string Error = "error";

    private static readonly Meter Meter = new("Orchestra.Shadows");

    private static readonly Counter<long> Comparisons = Meter.CreateCounter<long>("orchestra.shadow.comparisons", "{comparison}", "Shadow comparisons that were drawn, by what became of them.");

    public static void Ended(string outcome) => Comparisons.Add(1, new KeyValuePair<string, object?>("orchestra.shadow.outcome", outcome));
}
