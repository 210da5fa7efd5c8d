using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Configuration;

/// <summary>Checks the whole configuration and reports every error at once.</summary>
public static class OrchestraOptionsValidator
{
    /// <summary>Throws <see cref="OrchestraException"/> with all errors, one a line, where the configuration is wrong.</summary>
    public static void Check(OrchestraOptions options)
    {
        var errors = new List<string>();
        foreach (var (name, expert) in options.Experts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            ExpertOptionsValidator.Check(name, expert, errors);
        CheckConductor(options, errors);
        CheckHost(options, errors);
        LearningOptionsValidator.Check(options.Learning, errors);
        ClusterOptionsValidator.Check(options.Cluster, options.Experts, errors);
        TrainingScheduleOptionsValidator.Check(options, errors);
        ConfigurationErrors.ThrowIfAny(errors);
    }

    private static void CheckConductor(OrchestraOptions options, List<string> errors)
    {
        var conductor = options.Conductor;
        const string at = "Orchestra:Conductor";
        if (conductor.Kind is not ("complexity" or ConductorOptions.Learned))
            errors.Add($"{at}:Kind is '{conductor.Kind}'; the conductors there are: complexity, learned.");
        if (conductor.Lambda is not (>= 0 and <= 10))
            errors.Add($"{at}:Lambda is {conductor.Lambda}; it must be from 0 (accuracy at any price) to 10.");
        if (conductor.Explore is not (>= 0 and <= 1))
            errors.Add($"{at}:Explore is {conductor.Explore}; it must be from 0 to 1.");
        if (conductor is { Policy: not null, Kind: not ConductorOptions.Learned })
            errors.Add($"{at}:Policy names a file, but only the kind learned reads it; set {at}:Kind to learned, or remove the policy.");
        Bounds.Check($"{at}:Trials", conductor.Trials, 0, 1_000, errors);
        Bounds.Check($"{at}:Threshold", conductor.Threshold, 1, 11, errors);
        Bounds.Check($"{at}:MaxTurns", conductor.MaxTurns, 1, 32, errors);
        Bounds.Check($"{at}:MaxFanOut", conductor.MaxFanOut, 1, 16, errors);
        Bounds.Check($"{at}:Deadline", conductor.Deadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), errors);
        if (conductor.Analyser is { } analyser && options.Experts.GetValueOrDefault(analyser)?.Kind != "openai")
            errors.Add($"{at}:Analyser is '{analyser}', which is not an expert of kind openai under Orchestra:Experts.");
    }

    private static void CheckHost(OrchestraOptions options, List<string> errors)
    {
        CheckStorage(options.Storage, errors);
        Bounds.Check("Orchestra:Budgets:Lease", options.Budgets.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), errors);
        Bounds.Check("Orchestra:Budgets:OutputSlice", options.Budgets.OutputSlice, 16, 8_192, errors);
        if (options.Budgets.Retention is { } retention)
            Bounds.Check("Orchestra:Budgets:Retention", retention, BudgetOptions.LeastRetention, BudgetOptions.MostRetention, errors);
        if (options.Budgets.WarningLines is { } lines && !WarningLines.AreValid(lines))
            errors.Add($"Orchestra:Budgets:WarningLines are {string.Join(", ", lines)}; give at most ten rising whole per cents from 1 to 100.");
        WebhookOptionsValidator.Check(options.Budgets.Webhook, errors);
        EmbeddingOptionsValidator.Check(options.Learning.Embeddings, errors);
        Bounds.Check("Orchestra:Gateway:MaxBodyBytes", options.Gateway.MaxBodyBytes, 1024, 64 * 1024 * 1024, errors);
        Bounds.Check("Orchestra:Gateway:MaxConnections", options.Gateway.MaxConnections, 1, 1_000_000, errors);
        Bounds.Check("Orchestra:Gateway:ShutdownTimeout", options.Gateway.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), errors);
        Bounds.Check("Orchestra:Trajectories:Retention", options.Trajectories.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(3653), errors);
    }

    private static void CheckStorage(StorageOptions storage, List<string> errors)
    {
        const string at = "Orchestra:Storage";
        if (storage.Kind is not (StorageOptions.Sqlite or StorageOptions.Postgres))
            errors.Add($"{at}:Kind is '{storage.Kind}'; the stores there are: sqlite, postgres.");
        if (string.IsNullOrWhiteSpace(storage.Folder))
            errors.Add($"{at}:Folder is empty; give the folder for the database files.");
        if (storage.Kind == StorageOptions.Postgres && string.IsNullOrWhiteSpace(storage.ConnectionString))
            errors.Add($"{at}:ConnectionString is empty; set ORCHESTRA_POSTGRES to Host=db.example.com;Database=orchestra;Username=orchestra;Password=….");
        Bounds.Check($"{at}:MaxConnections", storage.MaxConnections, 4, 500, errors);
        Bounds.Check($"{at}:CommandTimeout", storage.CommandTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), errors);
    }
}
