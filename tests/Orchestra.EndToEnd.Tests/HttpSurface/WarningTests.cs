using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>Warning lines, from the settlement that crosses them to a webhook that fails at first.</summary>
public sealed class WarningTests
{
    private const string Secret = "a-secret-of-these-tests";

    [Fact]
    public async Task Each_line_reaches_the_webhook_signed_and_once_a_window_although_it_fails_at_first()
    {
        Environment.SetEnvironmentVariable("ORCHESTRA_TEST_WEBHOOK_SECRET", Secret);
        await using var receiver = await WebhookReceiver.StartAsync(failures: 1);
        await using var node = await RunningNode.StartAsync(
            new FaultyUpstream(Replies.Answer()), $"Orchestra:Budgets:Webhook:Url={receiver.Url}", "Orchestra:Budgets:Webhook:SecretEnv=ORCHESTRA_TEST_WEBHOOK_SECRET",
            "Orchestra:Budgets:WarningLines:0=15", "Orchestra:Budgets:WarningLines:1=25");
        await AskAsync(node);
        var price = decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!, CultureInfo.InvariantCulture);
        await node.LimitAsync((price * 10_000).ToString("0.#########", CultureInfo.InvariantCulture));
        await node.LimitAsync((price * 10).ToString("0.#########", CultureInfo.InvariantCulture));
        for (var i = 0; i < 4; i++)
            await AskAsync(node);

        await Eventually.TrueAsync(() => receiver.Received.Count >= 2);

        receiver.Failed.ShouldHaveSingleItem();
        var warnings = receiver.Received.Select(received => JsonNode.Parse(received.Body)!).OrderBy(warning => (int)warning["line_percent"]!).ToList();
        warnings.Select(warning => (int)warning["line_percent"]!).ShouldBe([15, 25]);
        foreach (var warning in warnings)
        {
            ((string)warning["type"]!, (string)warning["tenant"]!, (string)warning["scope"]!, (string)warning["window"]!).ShouldBe(("budget.warning", "default", "tenant", "total"));
            decimal.Parse((string)warning["limit_usd"]!, CultureInfo.InvariantCulture).ShouldBe(price * 10);
            decimal.Parse((string)warning["spent_usd"]!, CultureInfo.InvariantCulture).ShouldBe(price * (((int)warning["line_percent"]! / 10) + 1));
        }

        receiver.Received.ShouldAllBe(received => received.Signature == Sign(received.Signature, received.Body));
        await AskAsync(node);
        await node.SettledBudgetAsync();
        receiver.Received.Count.ShouldBe(2);
    }

    private static string Sign(string signature, string body)
    {
        var seconds = signature[2..signature.IndexOf(',', StringComparison.Ordinal)];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }

    private static async Task AskAsync(RunningNode node)
    {
        using var response = await node.PostAsync("""{"model":"small","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}""");
        response.EnsureSuccessStatusCode();
        await node.SettledBudgetAsync();
    }
}
