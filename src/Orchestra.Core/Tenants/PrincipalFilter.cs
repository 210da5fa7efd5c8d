namespace Orchestra.Core.Tenants;

/// <summary>One page of a list of tenants, teams, users or keys.</summary>
public sealed record PrincipalFilter
{
    /// <summary>Only what belongs to this tenant; null for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only keys of this team of <see cref="Tenant"/>; null for all.</summary>
    public string? Team { get; init; }

    /// <summary>Only keys of this user of <see cref="Tenant"/>; null for all.</summary>
    public string? User { get; init; }

    /// <summary>Only what follows this one in the list's order; null for the first page.</summary>
    public ListPosition? After { get; init; }

    /// <summary>The most that are returned.</summary>
    public required int Limit { get; init; }

    /// <summary>Whether what was deleted, or belongs to somebody who was, is listed too.</summary>
    public bool IncludeDeleted { get; init; }
}
