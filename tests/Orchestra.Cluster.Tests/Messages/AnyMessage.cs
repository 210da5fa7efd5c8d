using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orchestra.Cluster.Tests.Messages;

/// <summary>Makes messages of any type with any contents: whatever a member's type allows may stand in it, null included where it is nullable.</summary>
internal sealed class AnyMessage(Random random)
{
    private const int MostItems = 3;
    private static readonly string[] Texts = [string.Empty, "a", "tenant/1", "ünïcode ☃ \U0001F600", "line\nbreak\t\0", new('x', 3_000)];
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>A message whose every numbered member is set.</summary>
    public object Of(Type type)
    {
        var message = RuntimeHelpers.GetUninitializedObject(type);
        Fill(message);
        return message;
    }

    private void Fill(object message)
    {
        foreach (var member in Wire.Members(message.GetType()))
            member.SetValue(message, Value(member.PropertyType, _nullability.Create(member).WriteState == NullabilityState.Nullable));
    }

    private object? Value(Type type, bool mayBeNull)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return random.Next(3) == 0 ? null : Value(inner, false);
        if (mayBeNull && !type.IsValueType && random.Next(3) == 0)
            return null;
        if (type == typeof(string))
            return Texts[random.Next(Texts.Length)];
        if (type == typeof(int))
            return random.Next(int.MinValue, int.MaxValue);
        if (type == typeof(long))
            return random.Next(4) == 0 ? long.MaxValue : random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double))
            return random.NextDouble() * random.Next();
        if (type == typeof(bool))
            return random.Next(2) == 0;
        if (type == typeof(TimeSpan))
            return new TimeSpan(random.NextInt64(0, TimeSpan.TicksPerDay * 400));
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(random.Next(-600, 600)));
        if (type == typeof(ReadOnlyMemory<byte>))
            return Bytes();
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        if (type.IsArray)
            return Items(type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return Activator.CreateInstance(type, Items(type.GetGenericArguments()[0]));
        return Wire.IsMessage(type) ? Of(type) : throw new NotSupportedException($"Say here what may stand in a member of type {type}.");
    }

    private ReadOnlyMemory<byte> Bytes()
    {
        var bytes = new byte[random.Next(4) == 0 ? 100_000 : random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private Array Items(Type type)
    {
        var items = Array.CreateInstance(type, random.Next(MostItems + 1));
        for (var i = 0; i < items.Length; i++)
            items.SetValue(Value(type, false), i);
        return items;
    }
}
