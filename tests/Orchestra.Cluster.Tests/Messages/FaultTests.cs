using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Grains.Messages;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Cluster.Tests.Messages;

public sealed class FaultTests
{
    [Fact]
    public void An_error_with_a_code_is_itself_again()
    {
        var error = new OrchestraException(ErrorCode.InvalidRequest, 400, "Say it.") { Param = "messages[0]", RetryAfter = TimeSpan.FromSeconds(3), TrajectoryId = "traj_1" };
        var arrived = Arrived(error).ShouldBeOfType<OrchestraException>();
        (arrived.Code, arrived.Status, arrived.Message, arrived.Param, arrived.RetryAfter, arrived.TrajectoryId)
            .ShouldBe((error.Code, error.Status, error.Message, error.Param, error.RetryAfter, error.TrajectoryId));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_experts_error_is_itself_again(bool requestAtFault, bool mayHaveCharged)
    {
        var error = new ExpertException("small", ErrorCode.UpstreamFailed, 502, "It fell.") { RequestAtFault = requestAtFault, MayHaveCharged = mayHaveCharged, RetryAfter = TimeSpan.FromSeconds(1) };
        var arrived = Arrived(error).ShouldBeOfType<ExpertException>();
        (arrived.Expert, arrived.Code, arrived.Status, arrived.Message, arrived.RequestAtFault, arrived.MayHaveCharged, arrived.RetryAfter)
            .ShouldBe((error.Expert, error.Code, error.Status, error.Message, error.RequestAtFault, error.MayHaveCharged, error.RetryAfter));
    }

    [Fact]
    public void A_budget_that_refuses_says_the_same_elsewhere()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var error = new InsufficientQuotaException(new AnyMoney(new Random(seed)).Budget(), new Money(seed)) { TrajectoryId = "traj_1" };
            var arrived = Arrived(error).ShouldBeOfType<InsufficientQuotaException>();
            (arrived.Message, arrived.Asked, arrived.Available, arrived.TrajectoryId).ShouldBe((error.Message, error.Asked, error.Available, error.TrajectoryId));
            Wire.Text(arrived.Budget).ShouldBe(Wire.Text(error.Budget));
        }
    }

    [Fact]
    public void A_call_that_was_given_up_names_the_callers_token()
    {
        using var source = new CancellationTokenSource();
        Arrived(new OperationCanceledException(), source.Token).ShouldBeOfType<OperationCanceledException>().CancellationToken.ShouldBe(source.Token);
        Arrived(new CallNotSentException(default), source.Token).ShouldBeOfType<CallNotSentException>().CancellationToken.ShouldBe(source.Token);
    }

    [Fact]
    public void What_the_domain_does_not_know_tells_nothing_of_its_inside()
    {
        var arrived = Arrived(new InvalidOperationException("Host=db;Password=secret")).ShouldBeOfType<OrchestraException>();
        (arrived.Code, arrived.Status).ShouldBe((ErrorCode.Internal, 500));
        arrived.ToString().ShouldNotContain("secret");
    }

    private static Exception Arrived(Exception error, CancellationToken ct = default) => Wire.Cross(Fault.Of(error)).ToException(ct);
}
