using System.Diagnostics.CodeAnalysis;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Experts;

/// <summary>The experts that a host offers, by name.</summary>
public sealed class ExpertCatalogue : IAsyncDisposable
{
    /// <summary>The model name that lets the conductor decide; no expert may have it.</summary>
    public const string ConductedModel = "orchestra";

    private readonly Dictionary<string, IExpert> _experts;

    /// <summary>A catalogue of these experts, which it owns; throws <see cref="ArgumentException"/> where two share a name or one has a wrong name.</summary>
    public ExpertCatalogue(IEnumerable<IExpert> experts)
    {
        _experts = experts.ToDictionary(expert => expert.Descriptor.Name, StringComparer.Ordinal);
        if (_experts.Keys.FirstOrDefault(name => !ExpertName.IsValid(name)) is { } wrong)
            throw new ArgumentException($"'{wrong}' is no expert's name: it has 1 to 64 letters, digits, '.', '_' and '-', and is not '{ConductedModel}', which lets the conductor decide.", nameof(experts));
        Descriptors = [.. _experts.Values.Select(expert => expert.Descriptor).OrderBy(descriptor => descriptor.Name, StringComparer.Ordinal)];
    }

    /// <summary>What conductors may know of the experts, in the order of their names.</summary>
    public IReadOnlyList<ExpertDescriptor> Descriptors { get; }

    /// <summary>What a caller may use of <see cref="Descriptors"/>.</summary>
    public IReadOnlyList<ExpertDescriptor> DescriptorsFor(Caller caller) =>
        caller.AllowedExperts is null ? Descriptors : [.. Descriptors.Where(descriptor => caller.MayUse(descriptor.Name))];

    /// <summary>The expert with this name.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out IExpert expert) => _experts.TryGetValue(name, out expert);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var expert in _experts.Values)
        {
            if (expert is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (expert as IDisposable)?.Dispose();
        }
    }
}
