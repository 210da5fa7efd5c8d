using Npgsql;
using NpgsqlTypes;

namespace Orchestra.Storage.Postgres;

/// <summary>Short forms for parameters, which stand in the statements as $1, $2 …</summary>
internal static class PostgresParameter
{
    /// <summary>A column of values, one for each item.</summary>
    public static NpgsqlParameter Array<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(items[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    }

    /// <summary>A column of times, of which any may be null: the driver would tell the type from the first one.</summary>
    public static NpgsqlParameter Times<TItem>(IReadOnlyList<TItem> items, Func<TItem, DateTime?> value)
    {
        var times = Array(items, value);
        times.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;
        return times;
    }

    /// <summary>A single value.</summary>
    public static NpgsqlParameter Value<TValue>(TValue value) => new NpgsqlParameter<TValue> { TypedValue = value };

    /// <summary>Values of any type, null included.</summary>
    public static void AddValues(this NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
