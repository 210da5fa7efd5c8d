namespace Orchestra.Core.Configuration;

/// <summary>Checks that settings lie within their bounds.</summary>
public static class Bounds
{
    /// <summary>Adds an error where the value is outside its bounds, both inclusive.</summary>
    public static void Check<T>(string setting, T value, T least, T most, ICollection<string> errors)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            errors.Add($"{setting} is {value}; it must be from {least} to {most}.");
    }
}
