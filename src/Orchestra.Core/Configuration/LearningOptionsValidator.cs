using Orchestra.Core.Tenants;

namespace Orchestra.Core.Configuration;

/// <summary>Checks what the host does to learn.</summary>
internal static class LearningOptionsValidator
{
    /// <summary>Adds every error of the section.</summary>
    public static void Check(LearningOptions options, List<string> errors)
    {
        var shadow = options.Shadow;
        const string at = "Orchestra:Learning:Shadow";
        // Written so that a share which is no number is refused, too.
        if (!(shadow.Share is >= 0 and <= 1))
            errors.Add($"{at}:Share is {shadow.Share}; it must be from 0 to 1.");
        if (shadow.Share > 0 && string.IsNullOrEmpty(shadow.Tenant))
            errors.Add($"{at}:Tenant is missing; name the tenant that pays for the comparisons, or set {at}:Share to 0.");
        if (shadow.Tenant is { Length: > 0 } tenant && !Tenant.IsValidId(tenant))
            errors.Add($"{at}:Tenant is '{tenant}'; the id of a tenant has 1 to 64 of a-z, 0-9, '-' and '_'.");
        foreach (var trusted in options.Outcomes.Tenants ?? [])
        {
            if (!Tenant.IsValidId(trusted))
                errors.Add($"Orchestra:Learning:Outcomes:Tenants names '{trusted}'; the id of a tenant has 1 to 64 of a-z, 0-9, '-' and '_'.");
        }

        Bounds.Check($"{at}:MaxQueued", shadow.MaxQueued, 1, 1_024, errors);
        Bounds.Check($"{at}:MaxConcurrency", shadow.MaxConcurrency, 1, 64, errors);
        RolloutOptionsValidator.Check(options.Rollout, errors);
    }
}
