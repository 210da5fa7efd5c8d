using Orchestra.Core.Experts;

namespace Orchestra.Cli.Eval;

/// <summary>What to evaluate, and how.</summary>
/// <param name="Files">Outcome tables, <c>.jsonl</c> or <c>.jsonl.gz</c>.</param>
internal sealed record EvalOptions(IReadOnlyList<string> Files)
{
    /// <summary>The policy file to evaluate; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>The weak expert of a pair; null compares all experts.</summary>
    public string? Weak { get; init; }

    /// <summary>The strong expert of a pair; null as <see cref="Weak"/>.</summary>
    public string? Strong { get; init; }

    /// <summary>The experts to choose from; null takes all.</summary>
    public IReadOnlyList<string>? Experts { get; init; }

    /// <summary>What experts charge whose costs are not recorded.</summary>
    public IReadOnlyDictionary<string, ExpertPrice> Prices { get; init; } = new Dictionary<string, ExpertPrice>();

    /// <summary>Whether policies see answers and may go on; default yes.</summary>
    public bool Cascade { get; init; } = true;

    /// <summary>Folds of cross-validation, 2 to 20; 0 for none.</summary>
    public int Folds { get; init; }

    /// <summary>Passes of GRPO of every fold's training; 0 leaves the warm start.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Whether preferences are ranked within folds.</summary>
    public bool RankInFolds { get; init; }

    /// <summary>Orders in which a policy learns as it goes, 1 to 100; 0 for none.</summary>
    public int Orders { get; init; }

    /// <summary>λ of the decisions of a policy that learns as it goes.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>The seed of all chance.</summary>
    public long Seed { get; init; }

    /// <summary>Whether to print JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The SVG file to write; null for none.</summary>
    public string? Plot { get; init; }
}
