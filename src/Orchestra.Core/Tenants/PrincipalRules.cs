using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Limits;

namespace Orchestra.Core.Tenants;

/// <summary>What tenants, teams, users and keys may hold; a value outside is an error that names the field.</summary>
public static class PrincipalRules
{
    /// <summary>The most pairs in a key's metadata.</summary>
    public const int MostMetadata = 16;

    /// <summary>The longest name of a pair in a key's metadata.</summary>
    public const int MostMetadataName = 64;

    /// <summary>The longest value in a key's metadata.</summary>
    public const int MostMetadataValue = 256;

    /// <summary>The most experts that a key can list.</summary>
    public const int MostAllowedExperts = 256;

    /// <summary>The longest time for which two texts of a key are good.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

    /// <summary>Throws 400 that names the first field outside its bounds.</summary>
    /// <param name="principal">What is to be stored.</param>
    public static void Check(Principal principal)
    {
        if (principal is not ApiKey && !Tenant.IsValidId(principal.Id))
            throw OrchestraException.Invalid("id", $"The id of a {principal.Level} has 1 to 64 of a-z, 0-9, '-' and '_'.");
        if (principal.Name.Length > Principal.MostName || !IsPlain(principal.Name))
            throw OrchestraException.Invalid("name", $"A name has at most {Principal.MostName} characters, none of them a control character.");
        Check("limits.requests_per_minute", principal.Limits.RequestsPerMinute);
        Check("limits.tokens_per_minute", principal.Limits.TokensPerMinute);
        Check("limits.concurrent_requests", principal.Limits.ConcurrentRequests);
        if (principal is ApiKey key)
            Check(key);
    }

    private static void Check(ApiKey key)
    {
        if (key.Metadata.Count > MostMetadata)
            throw OrchestraException.Invalid("metadata", $"A key's metadata has at most {MostMetadata} pairs.");
        foreach (var (name, value) in key.Metadata)
        {
            if (!Tenant.IsValidId(name))
                throw OrchestraException.Invalid("metadata", $"A name in metadata has 1 to {MostMetadataName} of a-z, 0-9, '-' and '_'.");
            if (value.Length > MostMetadataValue || !IsPlain(value))
                throw OrchestraException.Invalid($"metadata.{name}", $"A value in metadata has at most {MostMetadataValue} characters, none of them a control character.");
        }

        if (key.AllowedExperts is not { } experts)
            return;
        if (experts.Count is 0 or > MostAllowedExperts)
            throw OrchestraException.Invalid("allowed_experts", $"List 1 to {MostAllowedExperts} experts, or give null to allow all. To stop a key, disable it.");
        if (experts.FirstOrDefault(name => !ExpertName.IsValid(name)) is not null)
            throw OrchestraException.Invalid("allowed_experts", $"An expert's name has 1 to 64 letters, digits, '.', '_' and '-', and is not '{ExpertCatalogue.ConductedModel}'.");
        if (experts.Distinct(StringComparer.Ordinal).Count() < experts.Count)
            throw OrchestraException.Invalid("allowed_experts", "An expert is listed twice.");
    }

    private static void Check(string field, int? limit)
    {
        if (limit is < 1 or > RateLimits.Most)
            throw OrchestraException.Invalid(field, $"A rate limit is a whole number from 1 to {RateLimits.Most}, or null for none.");
    }

    // Unpaired surrogates cannot be stored as UTF-8.
    private static bool IsPlain(string text) => !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);
}
