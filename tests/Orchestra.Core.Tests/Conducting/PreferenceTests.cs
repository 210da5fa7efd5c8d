using Orchestra.Core.Conducting;

namespace Orchestra.Core.Tests.Conducting;

public sealed class PreferenceTests
{
    [Fact]
    public void Pressure_moves_weight_to_cost_until_nothing_else_is_left()
    {
        Preference.Default.Under(0).ShouldBe(Preference.Default);
        var half = Preference.Default.Under(0.5);
        (half.Accuracy + half.Cost + half.Latency).ShouldBe(1.6, 1e-9);
        half.Cost.ShouldBeGreaterThan(Preference.Default.Cost);
        Preference.Default.Under(1).ShouldBe(new Preference(0, 1.6, 0));
    }
}
