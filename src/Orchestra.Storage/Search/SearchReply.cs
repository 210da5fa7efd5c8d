using System.Globalization;
using System.Text;

namespace Orchestra.Storage.Search;

/// <summary>Writes what a search found as the text of a reply.</summary>
internal static class SearchReply
{
    public static string Format(SearchAnswer answer)
    {
        if (!answer.HasTerms)
            return $"Nothing was looked for: the query has no word that tells one passage from another. {Indexed(answer.Documents)}";
        if (answer.Passages.Count == 0)
            return $"No passage was found. {Indexed(answer.Documents)}";
        var text = new StringBuilder();
        for (var i = 0; i < answer.Passages.Count; i++)
        {
            var passage = answer.Passages[i];
            text.Append(text.Length == 0 ? string.Empty : "\n\n").Append(CultureInfo.InvariantCulture, $"{i + 1}. {passage.Source}:{passage.Line}");
            if (passage.Heading.Length > 0)
                text.Append(SectionList.Separator).Append(passage.Heading);
            text.Append('\n').Append(passage.Text);
        }

        return text.ToString();
    }

    private static string Indexed(int documents) => documents switch
    {
        0 => "No documents are indexed.",
        1 => "1 document is indexed.",
        _ => $"{documents} documents are indexed.",
    };
}
