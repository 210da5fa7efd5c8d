using System.CommandLine;

namespace Orchestra.Silo.CommandLine;

/// <summary><c>orchestra-silo health</c>: asks a silo's liveness endpoint, for images that hold no shell and no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var url = new Option<Uri>("--url") { Description = "What to ask. Default: http://127.0.0.1:8080/healthz.", HelpName = "URL", DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080/healthz") };
        var command = new Command("health", "Ask whether a silo lives: exit code 0 for yes, 1 for no.") { url };
        command.SetAction(async (parse, ct) =>
        {
            using var client = new HttpClient { Timeout = Patience };
            try
            {
                using var answer = await client.GetAsync(parse.GetValue(url), ct);
                return answer.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"orchestra-silo: no answer ({error.Message})");
                return 1;
            }
        });
        return command;
    }
}
