using FsCheck.Xunit;

namespace Orchestra.Core.Tests.Budgets.Model;

public sealed class LedgerModelProperties
{
    [Property(MaxTest = 10_000, EndSize = 90)]
    public void Whatever_two_hosts_do_and_suffer_no_limit_breaks_and_nothing_is_lost(ModelStep[] steps) => LedgerModel.Run(steps);
}
