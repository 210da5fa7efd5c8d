using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Orchestra.Cli.CommandLine;

/// <summary>Options that take a number within bounds, and name the bounds where a value lies outside them.</summary>
internal static class BoundedOption
{
    /// <summary>An option that takes a number from <paramref name="least"/> to <paramref name="most"/>, both inclusive.</summary>
    public static Option<T> Create<T>(string name, string description, T least, T most)
        where T : INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                    return value;
                result.AddError($"{name} is '{text}'; it takes a number from {least} to {most}.");
                return least;
            },
        };
}
