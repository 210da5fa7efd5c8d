using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Orchestra.Storage.Search;

/// <summary>Finds passages in the index.</summary>
internal static class IndexReader
{
    private const int Interrupted = 9;

    /// <summary>The best passages for these words; a cancellation interrupts the search itself.</summary>
    public static IReadOnlyList<SearchPassage> Find(SqliteConnection connection, SearchTerms terms, int limit, int maxPassageLength, CancellationToken ct)
    {
        // One statement sees one state of the index, however the passages change meanwhile. Whether a passage holds a word is asked of the index too, which
        // alone knows how it stems and folds.
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT f.path, p.heading, p.line, p.text, -p.score, (
                SELECT count(*) FROM json_each($words) AS word
                WHERE EXISTS (SELECT 1 FROM passages WHERE passages MATCH word.value AND passages.rowid = p.row))
            FROM (SELECT rowid AS row, heading, line, text, rank AS score FROM passages WHERE passages MATCH $any ORDER BY rank LIMIT $limit) AS p
            JOIN files AS f ON f.id = p.row >> $bits
            ORDER BY p.score, p.row
            """;
        command.Parameters.AddWithValue("$any", terms.Expression);
        command.Parameters.AddWithValue("$words", terms.WordExpressions);
        command.Parameters.AddWithValue("$limit", limit);
        command.Parameters.AddWithValue("$bits", IndexDatabase.PassageBits);
        using var registration = ct.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            ct.ThrowIfCancellationRequested();
            return Read(command, terms.Words.Count, maxPassageLength);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Interrupted)
        {
            ct.ThrowIfCancellationRequested();
            throw;
        }
    }

    private static List<SearchPassage> Read(SqliteCommand command, int words, int maxPassageLength)
    {
        using var reader = command.ExecuteReader();
        var passages = new List<SearchPassage>();
        while (reader.Read())
        {
            passages.Add(new SearchPassage(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), Shorten(reader.GetString(3), maxPassageLength),
                reader.GetDouble(4), (double)reader.GetInt64(5) / words));
        }

        return passages;
    }

    private static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var end = char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
