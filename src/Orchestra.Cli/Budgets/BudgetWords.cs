using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Budgets;

/// <summary>The words of a command line that name a budget or an amount; one that names none is refused before anything is sent.</summary>
internal static class BudgetWords
{
    public const string Scopes = "tenant, team:ID, user:ID or key:ID";
    public const string Windows = "total, hourly, daily, weekly, monthly or rolling-Nd (the last N days)";

    public static Argument<string> Tenant() => Checked(new Argument<string>("tenant") { Description = "The tenant whose account it is." }, Core.Tenants.Tenant.IsValidId, "a tenant's id");

    public static Argument<string> Scope() => Checked(new Argument<string>("scope") { Description = $"Whose money it limits: {Scopes}." }, IsScope, Scopes);

    public static Argument<string> Window() => Checked(new Argument<string>("window") { Description = $"The window that it covers: {Windows}." }, IsWindow, Windows);

    public static Argument<string> Amount(string name, string description) =>
        Checked(new Argument<string>(name) { Description = description, HelpName = "dollars" }, IsAmount, "dollars such as 12.50, with at most nine decimal places");

    public static bool IsScope(string text) => BudgetScope.TryParse(text, out _);

    /// <summary>Makes a word be refused where it is given and wrong.</summary>
    private static Argument<string> Checked(Argument<string> argument, Func<string, bool> isGood, string takes)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !isGood(token.Value))
                result.AddError($"{argument.Name} is '{Terminal.Clean(token.Value)}'; it takes {takes}.");
        });
        return argument;
    }

    private static bool IsWindow(string text) => BudgetWindow.TryParse(text, out _);

    private static bool IsAmount(string text) => Money.TryParse(text, out var money) && money >= Money.Zero;
}
