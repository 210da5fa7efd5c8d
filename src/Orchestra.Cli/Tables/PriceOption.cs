using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Experts;

namespace Orchestra.Cli.Tables;

/// <summary>The option that says what experts charge whose costs a table does not record.</summary>
internal static class PriceOption
{
    private static readonly Money Most = Money.FromDollars(100_000);

    /// <summary>Prices by the experts' names; empty where none are given.</summary>
    public static Option<IReadOnlyDictionary<string, ExpertPrice>> Create() => new("--price")
    {
        Description = "What an expert charges, in dollars for a million prompt and completion tokens, where a table records no costs. May stand several times.",
        HelpName = "expert=in/out",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = Parse,
        DefaultValueFactory = _ => new Dictionary<string, ExpertPrice>(),
    };

    private static Dictionary<string, ExpertPrice> Parse(ArgumentResult result)
    {
        var prices = new Dictionary<string, ExpertPrice>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            if (Read(token.Value) is not var (name, price))
                result.AddError($"--price is '{token.Value}'; it takes an expert and two prices from 0 to 100,000 dollars, such as gpt-4-1106=10/30.");
            else if (!prices.TryAdd(name, price))
                result.AddError($"--price names '{name}' twice.");
        }

        return prices;
    }

    private static (string Name, ExpertPrice Price)? Read(string text)
    {
        var sign = text.LastIndexOf('=');
        if (sign < 1 || text[(sign + 1)..].Split('/') is not [var input, var output] || Dollars(input) is not { } perInput || Dollars(output) is not { } perOutput)
            return null;
        return (text[..sign], new ExpertPrice(perInput, perOutput, Money.Zero));
    }

    private static Money? Dollars(string text) => Money.TryParse(text, out var money) && money >= Money.Zero && money <= Most ? money : null;
}
