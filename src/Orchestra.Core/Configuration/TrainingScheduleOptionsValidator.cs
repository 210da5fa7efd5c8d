namespace Orchestra.Core.Configuration;

/// <summary>Checks when the host trains.</summary>
internal static class TrainingScheduleOptionsValidator
{
    private const string At = "Orchestra:Learning:Training";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(OrchestraOptions options, List<string> errors)
    {
        var training = options.Learning.Training;
        if (training.Every is { } every)
        {
            Bounds.Check($"{At}:Every", every, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), errors);
            if (options.Conductor.Kind != ConductorOptions.Learned)
                errors.Add($"{At}:Every is set, but no policy decides here; set Orchestra:Conductor:Kind to learned, or remove {At}:Every.");
            if (!options.Trajectories.KeepTexts)
                errors.Add($"{At}:Every is set, but texts are not kept, without which there is nothing to learn from; set Orchestra:Trajectories:KeepTexts to true, or remove {At}:Every.");
        }

        Bounds.Check($"{At}:MinOutcomes", training.MinOutcomes, 20, 100_000, errors);
        Bounds.Check($"{At}:Window", training.Window, TimeSpan.FromHours(1), TimeSpan.FromDays(3653), errors);
        Bounds.Check($"{At}:MaxRows", training.MaxRows, 100, 16_384, errors);
        Bounds.Check($"{At}:Epochs", training.Epochs, 0, 100, errors);
        Bounds.Check($"{At}:MaxTime", training.MaxTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(6), errors);
        if (training.MinOutcomes > training.MaxRows)
            errors.Add($"{At}:MinOutcomes is {training.MinOutcomes}, more than {At}:MaxRows ({training.MaxRows}); a training would never have enough.");
        if (training.Then is not (TrainingScheduleOptions.ThenNone or TrainingScheduleOptions.ThenShadow or TrainingScheduleOptions.ThenCanary))
            errors.Add($"{At}:Then is '{training.Then}'; it must be none, shadow or canary.");
        if (!(training.Share is > 0 and <= 1))
            errors.Add($"{At}:Share is {training.Share}; it must be above 0 and up to 1.");
    }
}
