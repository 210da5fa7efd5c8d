namespace Orchestra.Core.Configuration;

/// <summary>Who decides, and the hard limits around every query.</summary>
public sealed class ConductorOptions
{
    /// <summary>The <see cref="Kind"/> that decides with a policy.</summary>
    public const string Learned = "learned";

    /// <summary>The conductor: <c>complexity</c>, or <c>learned</c>, which decides with a policy and where there is none like <c>complexity</c>. Default <c>complexity</c>.</summary>
    public string Kind { get; set; } = "complexity";

    /// <summary>learned: the policy file that serves while none is promoted; read again when it is written to. Default none.</summary>
    public string? Policy { get; set; }

    /// <summary>Complexity from which answers are verified. Default 7, from 1 (all) to 11 (none).</summary>
    public int Threshold { get; set; } = 7;

    /// <summary>The expert that rates complexity. Default: local rules.</summary>
    public string? Analyser { get; set; }

    /// <summary>Whether look-ups search the documents first. Default false.</summary>
    public bool SearchFirst { get; set; }

    /// <summary>λ of the learned conductor: the weight of efficiency against accuracy. Default 0.1, from 0 (accuracy at any price) to 10.</summary>
    public double Lambda { get; set; } = 0.1;

    /// <summary>The share of the learned conductor's decisions that are drawn by its odds, so that it can be learned from them. Default 0.02, from 0 to 1.</summary>
    public double Explore { get; set; } = 0.02;

    /// <summary>
    /// Outcomes after which an expert that the learned conductor's policy does not know is no longer tried for its own sake. Default 10, from 0 (none is tried) to 1,000.
    /// </summary>
    public int Trials { get; set; } = 10;

    /// <summary>Passes of the loop. Default 6, from 1 to 32.</summary>
    public int MaxTurns { get; set; } = 6;

    /// <summary>Time for a whole query. Default one minute, from one millisecond to one hour.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls that may run side by side in one pass. Default 4, from 1 to 16.</summary>
    public int MaxFanOut { get; set; } = 4;
}
