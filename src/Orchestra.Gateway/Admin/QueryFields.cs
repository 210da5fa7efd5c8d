using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>The parameters of a request's query string; one that is not known, or given twice, is an error that names it.</summary>
internal sealed class QueryFields
{
    private const int MostRows = 1000;
    private const int UsualRows = 100;
    private const int LongestValue = 512;
    private readonly IQueryCollection _query;

    private QueryFields(IQueryCollection query) => _query = query;

    /// <summary>The page's size: 1 to 1000, where it is not given 100.</summary>
    public int Limit => Text("limit") is not { } text ? UsualRows
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostRows ? limit
        : throw OrchestraException.Invalid("limit", $"The limit is a whole number from 1 to {MostRows}.");

    /// <summary>Whether what was deleted is asked for too.</summary>
    public bool Deleted => Text("deleted") switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw OrchestraException.Invalid("deleted", "The parameter deleted takes true or false."),
    };

    /// <summary>Reads the query string, which may hold these parameters.</summary>
    public static QueryFields Read(HttpContext context, params string[] known)
    {
        var query = context.Request.Query;
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
                throw OrchestraException.Invalid("query", $"A parameter of the query string is not known here. These can be given: {string.Join(", ", known)}.");
            if (values.Count > 1 || values[0] is not { Length: > 0 and <= LongestValue })
                throw OrchestraException.Invalid(name, $"The parameter {name} takes one value of 1 to {LongestValue} characters.");
        }

        return new QueryFields(query);
    }

    /// <summary>The parameter's value; null where it is not given.</summary>
    public string? Text(string name) => _query.TryGetValue(name, out var values) ? values[0] : null;
}
