using System.Globalization;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>The keys under which odds are logged: <c>delegate:NAME</c>, <c>verify:0</c>, <c>finish:0</c>.</summary>
internal static class MoveKey
{
    /// <summary>What begins the key of a move that asks an expert.</summary>
    public const string Delegate = "delegate:";

    /// <summary>What begins the key of a move that ends the query.</summary>
    public const string Finish = "finish:";

    /// <summary>The key of the move that a step made; null for a move that no policy draws.</summary>
    public static string? Of(TrajectoryStep step) => step.Move switch
    {
        "delegate" => Delegate + step.Target,
        "verify" or "finish" when OutcomeDerivation.Number(step.Target) is { } number => string.Create(CultureInfo.InvariantCulture, $"{step.Move}:{number}"),
        _ => null,
    };

    /// <summary>What a key says; null where it is none. The expert is null where there is no observation with its number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expertOf">The expert of an observation.</param>
    public static (ReplayMoveKind Kind, int? Observation, string? Expert)? Read(string key, IReadOnlyDictionary<int, string> expertOf)
    {
        if (key.StartsWith(Delegate, StringComparison.Ordinal))
            return (ReplayMoveKind.Delegate, null, key[Delegate.Length..]);
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var kind = key[..(colon + 1)] == Finish ? ReplayMoveKind.Finish : ReplayMoveKind.Verify;
        return (kind, number, expertOf.GetValueOrDefault(number));
    }
}
