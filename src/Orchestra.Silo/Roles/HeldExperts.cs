using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Grains.Experts;
using Orchestra.Hosting.Experts;

namespace Orchestra.Silo.Roles;

/// <summary>What a silo with the role <c>expert</c> can hold.</summary>
internal static class HeldExperts
{
    /// <summary>The silo's room; null without the role.</summary>
    public static ExpertRoom? RoomOf(OrchestraOptions options, SiloRoles roles, ILoggerFactory loggers)
    {
        if (!roles.IsExpert)
            return null;
        var only = options.Cluster.Experts;
        var experts = options.Experts
            .Where(expert => expert.Value.Kind == "openai" && (only.Count == 0 || only.Contains(expert.Key)))
            .ToDictionary(expert => expert.Key, expert => Held(expert.Key, expert.Value, loggers), StringComparer.Ordinal);
        return new ExpertRoom(experts, options.Cluster.GpuMemoryMb, TimeProvider.System);
    }

    private static HeldExpert Held(string name, ExpertOptions expert, ILoggerFactory loggers) => new(
        expert.GpuMemoryMb,
        () => new OpenAIExpert(ChatExperts.Resolve(name, expert, Environment.GetEnvironmentVariable, []), TimeProvider.System, loggers.CreateLogger<OpenAIExpert>()));
}
