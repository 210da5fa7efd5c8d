namespace Orchestra.Grains.Messages;

/// <summary>What a grain answers: a value, or the fault that stands in its place.</summary>
/// <typeparam name="T">The value's type, itself a message.</typeparam>
/// <param name="Value">The value; of no meaning where there is a fault.</param>
/// <param name="Fault">The fault; null where the call succeeded.</param>
[GenerateSerializer, Immutable, Alias("orchestra.reply`1")]
public readonly record struct Reply<T>([property: Id(0)] T? Value, [property: Id(1)] Fault? Fault)
{
    /// <summary>The value; throws the error that the fault stands for.</summary>
    /// <param name="ct">The token of the call.</param>
    public T Unwrap(CancellationToken ct = default) => Fault is null ? Value! : throw Fault.ToException(ct);
}
