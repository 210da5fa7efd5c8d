using System.Net;
using System.Net.Sockets;
using Orchestra.Cli.Serve;
using Orchestra.Hosting;
using Orchestra.Hosting.Configuration;

namespace Orchestra.Cli.Tests.Serve;

public sealed class NodeStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HostSettings Settings(string url) => new(null, url, _folder.Path, ["Orchestra:Experts:calculator:Kind=calculator"]);

    [Fact]
    public async Task A_first_start_says_what_there_is_and_what_to_do_next_and_a_second_one_shows_no_key()
    {
        var first = new StringWriter();
        await using (await Node.StartAsync(Settings("http://127.0.0.1:0"), first, default))
        {
            var report = first.ToString();
            report.ShouldContain("Experts:\n  calculator  calculator, free\n");
            report.ShouldContain("There is no chat model yet");
            report.ShouldContain("export ORCHESTRA_API_KEY=sk-orch-");
            report.ShouldMatch("./orchestra ask \"What is 12.5% of 3/7[?]\" --url http://127.0.0.1:[1-9]");
            report.ShouldAllBe(letter => char.IsAscii(letter));
        }

        var second = new StringWriter();
        await using var node = await Node.StartAsync(Settings("http://127.0.0.1:0"), second, default);
        second.ToString().ShouldNotContain("sk-orch-");
        second.ToString().ShouldContain("Listening on http://127.0.0.1:");
    }

    [Fact]
    public async Task A_start_that_finds_its_port_taken_says_so_and_has_shown_the_keys_that_it_made()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://{other.LocalEndpoint}";
        var output = new StringWriter();

        var error = await Should.ThrowAsync<HostException>(() => Node.StartAsync(Settings(url), output, default));

        error.Message.ShouldBe($"Another program listens on {url} already. Stop it, or choose another address with --urls.");
        output.ToString().ShouldContain("API key (shown once): sk-orch-");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused_in_a_sentence()
    {
        var error = await Should.ThrowAsync<HostException>(() => Node.StartAsync(Settings("http://192.0.2.1:8080"), TextWriter.Null, default));

        error.Message.ShouldContain("cannot listen on http://192.0.2.1:8080");
        error.Message.ShouldContain("--urls");
    }
}
