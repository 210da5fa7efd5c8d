using System.Reflection;
using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Grains.Messages;

namespace Orchestra.Cluster.Tests.Messages;

public sealed class RoundTripTests
{
    private static readonly MethodInfo Cross = typeof(Wire).GetMethod(nameof(Wire.Cross))!;

    private static readonly Type[] Whole =
        [.. Wire.Messages().Where(type => !type.IsGenericType), typeof(Reply<bool>), typeof(Reply<BudgetUsageMessage>), typeof(Reply<ReservationMessage>), typeof(Reply<AccountStateMessage>), typeof(Reply<AnswerMessage>), typeof(Reply<ExpertReplyMessage>)];

    public static TheoryData<Type> Messages => new(Whole);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Whatever_is_in_a_message_arrives(Type type)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var message = new AnyMessage(new Random(seed)).Of(type);
            Wire.Text(Cross.MakeGenericMethod(type).Invoke(null, [message])).ShouldBe(Wire.Text(message), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_member_of_a_message_has_a_number(Type type)
    {
        var settable = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(member => member.CanWrite).Select(member => member.Name);
        settable.ShouldBe(Wire.Members(type).Select(member => member.Name), ignoreOrder: true);
    }

    [Property]
    public void A_reservation_is_itself_again(string id, string tenant, string team, string user, string key, string expert, long nanos)
    {
        var reservation = new Reservation(id, new Payer(tenant, team, user, key), expert, "traj_1", new Money(nanos));
        Wire.Cross(ReservationMessage.Of(reservation)).ToReservation().ShouldBe(reservation);
        Wire.Cross(PayerMessage.Of(reservation.Payer)).ToPayer().ShouldBe(reservation.Payer);
    }

    [Property]
    public void A_usage_is_itself_again(long input, long output, bool estimated)
    {
        var usage = new TokenUsage(input, output, estimated);
        Wire.Cross(UsageMessage.Of(usage)).ToUsage().ShouldBe(usage);
    }

    [Property]
    public void The_state_of_an_account_is_itself_again(int seed)
    {
        var state = new AnyMoney(new Random(seed)).Account();
        Wire.Text(Wire.Cross(AccountStateMessage.Of(state)).ToState()).ShouldBe(Wire.Text(state));
    }

    [Property]
    public void Every_change_of_budgets_is_itself_again(int seed)
    {
        foreach (var change in new AnyMoney(new Random(seed)).Changes())
        {
            var arrived = Wire.Cross(BudgetChangeMessage.Of(change)).ToChange();
            arrived.ShouldBeOfType(change.GetType());
            Wire.Text(arrived).ShouldBe(Wire.Text(change));
        }
    }

    [Fact]
    public void Every_change_of_budgets_has_a_message() =>
        typeof(BudgetChange).GetNestedTypes().Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))).Select(type => type.Name)
            .ShouldBe(Enum.GetNames<BudgetChangeKind>().Order(StringComparer.Ordinal));

    [Property]
    public void A_chunk_is_itself_again_byte_for_byte(byte[] events, int tokens, long sequence)
    {
        var chunk = new ReplyChunk(events, tokens, new TokenUsage(1, 2, false), "stop");
        var part = Wire.Cross(StreamPart.Of(chunk, sequence));
        part.Sequence.ShouldBe(sequence);
        var arrived = part.ToChunk();
        arrived.Events.ToArray().ShouldBe(events);
        (arrived with { Events = default }).ShouldBe(chunk with { Events = default });
    }
}
