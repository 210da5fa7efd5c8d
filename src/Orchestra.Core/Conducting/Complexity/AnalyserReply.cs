using System.Text;
using System.Text.Json;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Reads an analyser's reply strictly: one JSON object with exactly the two fields asked for, and nothing around it.</summary>
public static class AnalyserReply
{
    /// <summary>The <see cref="Assessment.Source"/> of its assessments.</summary>
    public const string Source = "model";

    private const int MaxCharacters = 200;

    /// <summary>Reads the reply; null where it is anything else than what was asked for.</summary>
    public static Assessment? TryParse(string reply)
    {
        if (reply.Length > MaxCharacters)
            return null;
        try
        {
            return Read(Encoding.UTF8.GetBytes(reply));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is what the reader throws for half a surrogate pair.
            return null;
        }
    }

    private static Assessment? Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        int? complexity = null;
        TaskType? task = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (complexity is null && reader.ValueTextEquals("complexity"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number) || number is < 1 or > 10)
                    return null;
                complexity = number;
            }
            else if (task is null && reader.ValueTextEquals("task"u8))
            {
                reader.Read();
                task = TaskOf(ref reader);
                if (task is null)
                    return null;
            }
            else
            {
                return null;
            }
        }

        // One more read finds anything that stands behind the object.
        return complexity is { } c && task is { } t && !reader.Read() ? new Assessment(c, t, Source) : null;
    }

    private static TaskType? TaskOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        foreach (var task in Enum.GetValues<TaskType>())
        {
            if (reader.ValueTextEquals(task.ToString().ToLowerInvariant()))
                return task;
        }

        return null;
    }
}
