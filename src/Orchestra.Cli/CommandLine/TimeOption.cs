using System.CommandLine;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.CommandLine;

/// <summary>Options that take a time.</summary>
internal static class TimeOption
{
    /// <summary>An option that takes an ISO date or time, UTC unless it has an offset.</summary>
    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
            if (ReportTime.TryParse(text, out var time))
                return time;
            result.AddError($"{name} is '{text}'; it takes an ISO date or time such as 2026-03-01 or 2026-03-01T12:00:00Z.");
            return null;
        },
    };
}
