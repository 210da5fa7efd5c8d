using System.Collections.Frozen;

namespace Orchestra.Core.Quality.Arithmetic;

/// <summary>Words that decide whether numbers beside them make a claim.</summary>
internal static class ClaimWords
{
    /// <summary>Words that calculate, or scale a number: beside one, the signs alone do not say what is meant.</summary>
    private static readonly FrozenSet<string> Calculating = Set(
        "of times plus minus by half twice double triple thrice than less more mod modulo base sqrt root log ln sin cos tan arcsin arccos arctan exp gcd lcm max min " +
        "square squared cubed cube factorial choose power and or to from not multiplied divided subtract add added subtracted over under " +
        "hundred thousand million billion trillion dozen percent percentage pi degrees remainder approximately about roughly x");

    private static readonly FrozenSet<string> Verbs = Set(
        "is are was were equals equal so then thus hence therefore we get gives give makes make if when where let since because that which have has had");

    /// <summary>Words by which an answer says that an equation does not hold, or is only tried.</summary>
    private static readonly FrozenSet<string> Doubting = Set(
        "not false incorrect wrong contradiction contradicts impossible isn't doesn't no cannot can't fails fail suppose assume if try trying test testing check " +
        "checking guess would wait mistake error instead should hypothetical claims claimed mod modulo base binary octal hexadecimal hex boolean xor " +
        "\\pmod \\bmod \\equiv \\neq ≡ ≠ ✗ ❌");

    /// <summary>Words in a query that give signs or numbers another meaning.</summary>
    private static readonly FrozenSet<string> Redefining = Set(
        "mod modulo modular base binary octal hexadecimal hex boolean xor operation operator define defined defines denote denotes " +
        "cryptarithm galois subgroup cyclic abelian isomorphic congruent residue residues");

    /// <summary>Whether a word beside a number is part of the calculation.</summary>
    public static bool Calculates(string word) => Calculating.Contains(word);

    /// <summary>Whether an expression may begin behind a word: not where the word calculates with it, nor behind a variable in capitals.</summary>
    public static bool MayPrecede(string word) => word.Length > 1 && word != "per" && !IsCapitals(word) && !Calculates(word);

    /// <summary>Whether a word behind a number may be its unit.</summary>
    public static bool MayBeUnit(string word) => !IsCapitals(word) && !Calculating.Contains(word) && !Verbs.Contains(word);

    /// <summary>Whether a word says that an equation is only tried, or does not hold.</summary>
    public static bool Doubts(string word) => Doubting.Contains(word);

    /// <summary>Whether a word of the query gives signs or numbers another meaning.</summary>
    public static bool Redefines(string word) => Redefining.Contains(word);

    /// <summary>A unit in lower case without the plural's s.</summary>
    public static string Singular(string unit) => unit.ToLowerInvariant().TrimEnd('s');

    /// <summary>Products of variables look like this, and so do triangles.</summary>
    private static bool IsCapitals(string word) => word.AsSpan().IndexOfAnyInRange('a', 'z') < 0;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
