using Orchestra.Core.Budgets;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Replay;

/// <summary>Reads an expert's price off the recorded costs of its calls, by least squares over prompt and completion tokens.</summary>
internal static class RecordedPrice
{
    private const double PerMillion = 1e6;
    private const int TypicalInput = 500;
    private const int TypicalOutput = 300;

    /// <summary>A descriptor with the price that explains the recorded costs best.</summary>
    public static ExpertDescriptor Describe(string name, IEnumerable<OutcomeRow> rows)
    {
        double inputs = 0, outputs = 0, products = 0, inputCost = 0, outputCost = 0;
        foreach (var row in rows)
        {
            if (!row.Outcomes.TryGetValue(name, out var outcome) || outcome is not { CostUsd: { } cost, InputTokens: { } input, OutputTokens: { } output })
                continue;
            inputs += (double)input * input;
            outputs += (double)output * output;
            products += (double)input * output;
            inputCost += input * (double)cost;
            outputCost += output * (double)cost;
        }

        var determinant = (inputs * outputs) - (products * products);
        var perInput = 0.0;
        var perOutput = 0.0;
        if (determinant > 1e-9 * inputs * outputs)
        {
            perInput = ((inputCost * outputs) - (outputCost * products)) / determinant;
            perOutput = ((outputCost * inputs) - (inputCost * products)) / determinant;
        }
        else if (outputs > 0)
        {
            perOutput = outputCost / outputs;
        }

        return new ExpertDescriptor { Name = name, Kind = "recorded", Price = new ExpertPrice(ToMoney(perInput), ToMoney(perOutput), default) };
    }

    /// <summary>Nano-dollars of a call of ordinary length.</summary>
    public static long OfTypicalCall(ExpertDescriptor expert) => expert.Price.CostOf(TypicalInput, TypicalOutput).Nanos;

    private static Money ToMoney(double dollarsPerToken) => new((long)Math.Max(0, Math.Round(dollarsPerToken * PerMillion * 1e9)));
}
