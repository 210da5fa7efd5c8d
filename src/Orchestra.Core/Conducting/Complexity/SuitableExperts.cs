using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>The experts that may answer a query, in the order in which they are asked.</summary>
/// <param name="Steps">The cascade: cheapest first, specialists of the task before the stronger generalists.</param>
/// <param name="Spares">Cheaper generalists, asked only when every step failed with an error.</param>
internal sealed record SuitableExperts(IReadOnlyList<ExpertDescriptor> Steps, IReadOnlyList<ExpertDescriptor> Spares)
{
    private const string Chat = "chat";
    private const string Tools = "tools";
    private const string Vision = "vision";

    private static readonly string[] Abilities = [Tools, Vision];

    /// <summary>Chooses from the catalogue.</summary>
    /// <param name="situation">The query and the catalogue.</param>
    /// <param name="task">The kind of work.</param>
    /// <param name="ofAnySize">Whether experts count whose context window does not hold the query.</param>
    public static SuitableExperts Of(Situation situation, TaskType task, bool ofAnySize = false)
    {
        var request = situation.Request;
        var able = WithTools(WithVision(situation.Catalogue.Where(expert => expert.IsChat && (ofAnySize || ContextFit.Fits(expert, request))), request), request);
        var skill = task.ToString().ToLowerInvariant();
        var specialists = OrderByPrice.Order(able.Where(expert => expert.Skills.Contains(skill)), request).ToList();
        var generalists = OrderByPrice.Order(able.Where(expert => IsGeneral(expert) && !expert.Skills.Contains(skill)), request).ToList();
        if (specialists.Count == 0)
            return new SuitableExperts(generalists, []);
        if (task == TaskType.Chat)
            return new SuitableExperts([.. OrderByPrice.Order([.. specialists, .. generalists], request)], []);

        var dearest = OrderByPrice.LikelyCost(specialists[^1], request);
        var isStronger = generalists.ToLookup(expert => OrderByPrice.LikelyCost(expert, request) > dearest);
        return new SuitableExperts([.. specialists, .. isStronger[true]], [.. isStronger[false]]);
    }

    /// <summary>Whether the expert declares that it can use tools.</summary>
    public static bool UsesTools(ExpertDescriptor expert) => expert.Skills.Contains(Tools);

    /// <summary>Whether the expert is good for everything: it says so, or names no kind of work at all.</summary>
    private static bool IsGeneral(ExpertDescriptor expert) => expert.Skills.Contains(Chat) || IsUndeclared(expert);

    private static bool IsUndeclared(ExpertDescriptor expert) => expert.Skills.All(skill => Abilities.Contains(skill, StringComparer.OrdinalIgnoreCase));

    /// <summary>Only experts that declare vision see media; where none does, those that declare nothing at all may.</summary>
    private static List<ExpertDescriptor> WithVision(IEnumerable<ExpertDescriptor> experts, ChatRequest request)
    {
        var all = experts.ToList();
        if (request.MediaParts == 0)
            return all;
        var seeing = all.FindAll(expert => expert.Skills.Contains(Vision));
        return seeing.Count > 0 ? seeing : all.FindAll(expert => expert.Skills.Count == 0);
    }

    /// <summary>Where the client offers tools, those that declare no use of them step back if any expert does.</summary>
    private static List<ExpertDescriptor> WithTools(List<ExpertDescriptor> experts, ChatRequest request) =>
        request.HasTools && experts.Exists(UsesTools) ? experts.FindAll(expert => UsesTools(expert) || expert.Skills.Count == 0) : experts;
}
