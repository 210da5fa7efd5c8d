using System.Buffers;
using System.Globalization;

namespace Orchestra.Gateway.Metrics;

/// <summary>A page of Prometheus' text format 0.0.4 while it is written.</summary>
internal sealed class ExpositionText(int capacity)
{
    private const int MaxNumberLength = 32;
    private readonly ArrayBufferWriter<byte> _page = new(capacity);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _page.WrittenMemory;

    public void Append(ReadOnlySpan<byte> bytes) => _page.Write(bytes);

    public void Append(long number)
    {
        _ = number.TryFormat(_page.GetSpan(MaxNumberLength), out var length, default, CultureInfo.InvariantCulture);
        _page.Advance(length);
    }

    public void Append(double number)
    {
        if (double.IsNaN(number))
        {
            Append("NaN"u8);
        }
        else if (double.IsInfinity(number))
        {
            Append(number > 0 ? "+Inf"u8 : "-Inf"u8);
        }
        else
        {
            _ = number.TryFormat(_page.GetSpan(MaxNumberLength), out var length, default, CultureInfo.InvariantCulture);
            _page.Advance(length);
        }
    }

    public void EndLine() => Append("\n"u8);
}
