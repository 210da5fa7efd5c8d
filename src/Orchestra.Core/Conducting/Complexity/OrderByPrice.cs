using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Orders experts by what this very call is likely to cost, cheapest first; ties by name, so that the catalogue's order never matters.</summary>
internal static class OrderByPrice
{
    /// <summary>The experts in order.</summary>
    public static IOrderedEnumerable<ExpertDescriptor> Order(IEnumerable<ExpertDescriptor> experts, ChatRequest request) =>
        experts.OrderBy(expert => LikelyCost(expert, request)).ThenBy(expert => expert.Name, StringComparer.Ordinal);

    /// <summary>What the call is likely to cost.</summary>
    public static Money LikelyCost(ExpertDescriptor expert, ChatRequest request) =>
        expert.Price.CostOf(request.LikelyPromptTokens, (long)ContextFit.OutputOf(expert, request) * Math.Max(1, request.Choices));
}
