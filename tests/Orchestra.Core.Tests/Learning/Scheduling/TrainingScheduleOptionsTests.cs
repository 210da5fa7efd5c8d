using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Learning.Scheduling;

public sealed class TrainingScheduleOptionsTests
{
    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var options = new OrchestraOptions
        {
            Trajectories = { KeepTexts = false },
            Learning =
            {
                Training = new() { Every = TimeSpan.FromSeconds(1), MinOutcomes = 19, MaxRows = 5, Epochs = -1, MaxTime = TimeSpan.Zero, Window = TimeSpan.Zero, Then = "promote", Share = double.NaN },
                Outcomes = new() { Tenants = ["no tenant"] },
            },
        };

        var message = Should.Throw<OrchestraException>(() => OrchestraOptionsValidator.Check(options)).Message;

        foreach (var setting in new[] { "Every", "MinOutcomes", "MaxRows", "Epochs", "MaxTime", "Window", "Then", "Share" })
            message.ShouldContain($"Orchestra:Learning:Training:{setting} is");
        message.ShouldContain("Orchestra:Conductor:Kind to learned");
        message.ShouldContain("Orchestra:Trajectories:KeepTexts");
        message.ShouldContain("Orchestra:Learning:Outcomes:Tenants names 'no tenant'");
    }

    [Fact]
    public void It_is_off_by_default_and_its_defaults_are_right()
    {
        var options = new OrchestraOptions();
        options.Learning.Training.Every.ShouldBeNull();
        options.Learning.Training.Every = TimeSpan.FromDays(1);
        options.Conductor.Kind = ConductorOptions.Learned;

        Should.NotThrow(() => OrchestraOptionsValidator.Check(options));
    }
}
