using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Grains.Messages;
using Orleans.Serialization;

namespace Orchestra.Cluster.Tests.Messages;

/// <summary>What crosses silos, as the grains' assembly declares it, and the serializer that carries it.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly Assembly Grains = typeof(Fault).Assembly;

    /// <summary>Orleans' serializer, as silos use it.</summary>
    public static Serializer Serializer { get; } = With(Grains);

    /// <summary>The serializer of a program that knows these messages.</summary>
    public static Serializer With(Assembly messages) => new ServiceCollection().AddSerializer(builder => builder.AddAssembly(messages)).BuildServiceProvider().GetRequiredService<Serializer>();

    /// <summary>Every message; a generic one with what it is used with.</summary>
    public static IEnumerable<Type> Messages() => Grains.GetTypes().Where(IsMessage).OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<Type> GrainInterfaces() =>
        Grains.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Enumerations inside messages.</summary>
    public static IEnumerable<Type> Enumerations() =>
        Messages().SelectMany(Members).Select(member => member.PropertyType).Where(type => type.IsEnum).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Whether a type is a message; not those that Orleans makes for calls, nor exceptions, which go by their own names.</summary>
    public static bool IsMessage(Type type) => !typeof(Exception).IsAssignableFrom(type) && type.Namespace?.StartsWith("Orchestra.", StringComparison.Ordinal) == true && type.GetCustomAttribute<GenerateSerializerAttribute>() is not null;

    /// <summary>The numbered members in order.</summary>
    public static IEnumerable<PropertyInfo> Members(Type message) =>
        message.GetProperties().Where(member => member.GetCustomAttribute<IdAttribute>() is not null).OrderBy(member => member.GetCustomAttribute<IdAttribute>()!.Id);

    /// <summary>The message as another silo gets it.</summary>
    public static T Cross<T>(T message) => Serializer.Deserialize<T>(Serializer.SerializeToArray(message))!;

    /// <summary>All contents as text, for comparison.</summary>
    public static string Text(object? value) => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), Json);

    /// <summary>All names and numbers on which silos of different versions rely.</summary>
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var message in Messages().OrderBy(Alias, StringComparer.Ordinal))
        {
            text.Append("message ").Append(Alias(message)).Append('\n');
            foreach (var member in Members(message))
                text.Append("  ").Append(member.GetCustomAttribute<IdAttribute>()!.Id).Append(' ').Append(member.Name).Append(' ').Append(Name(member.PropertyType)).Append('\n');
        }

        foreach (var enumeration in Enumerations())
        {
            text.Append("numbers ").Append(enumeration.Name).Append('\n');
            foreach (var value in Enum.GetValues(enumeration))
                text.Append("  ").Append(Convert.ToInt64(value, null)).Append(' ').Append(value).Append('\n');
        }

        foreach (var grain in GrainInterfaces().OrderBy(Alias, StringComparer.Ordinal))
        {
            text.Append("grain ").Append(Alias(grain)).Append('\n');
            foreach (var method in grain.GetMethods().OrderBy(Alias, StringComparer.Ordinal))
                text.Append("  ").Append(Alias(method)).Append('(').AppendJoin(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType))).Append(") ").Append(Name(method.ReturnType)).Append('\n');
        }

        return text.ToString();
    }

    private static string Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias ?? throw new InvalidOperationException($"{member.DeclaringType?.Name}.{member.Name} has no alias.");

    private static string Name(Type type)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        var name = IsMessage(type) ? Alias(type) : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
