namespace Orchestra.Core.Configuration;

/// <summary>When the host trains a policy from its own outcomes, and what becomes of it.</summary>
public sealed class TrainingScheduleOptions
{
    /// <summary>The policy is kept, and nothing else.</summary>
    public const string ThenNone = "none";

    /// <summary>The policy decides without effect.</summary>
    public const string ThenShadow = "shadow";

    /// <summary>The policy serves a share of the conversations.</summary>
    public const string ThenCanary = "canary";

    /// <summary>The time between two trainings. Default none: the host does not train. From one minute to 30 days.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>New outcomes below which a training is left out. Default 200, from 20 to 100,000.</summary>
    public int MinOutcomes { get; set; } = 200;

    /// <summary>How far back outcomes are learned from. Default 30 days, from one hour to ten years.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Outcomes that are learned from at most, the newest ones. Default 4,000, from 100 to 16,384.</summary>
    public int MaxRows { get; set; } = 4_000;

    /// <summary>Passes of GRPO. Default 2, from 0 (none: outcomes are predicted anew) to 100.</summary>
    public int Epochs { get; set; } = 2;

    /// <summary>The time that a training may take; the best policy by then counts. Default 10 minutes, from one second to 6 hours.</summary>
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What becomes of a policy that is better on outcomes held out: <c>none</c>, <c>shadow</c> or <c>canary</c>. Default <c>shadow</c>.</summary>
    public string Then { get; set; } = ThenShadow;

    /// <summary>canary: the share of conversations. Default 0.05, above 0 and up to 1.</summary>
    public double Share { get; set; } = 0.05;
}
