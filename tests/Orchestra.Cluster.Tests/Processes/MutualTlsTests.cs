using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Silo.Local;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>Silos with certificates, and strangers at their ports.</summary>
[Collection(ProcessTests.Name)]
public sealed class MutualTlsTests
{
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task Silos_of_one_authority_work_together_and_strangers_are_refused()
    {
        using var certificates = new SiloCertificates();
        using var strangers = new SiloCertificates();
        await using var upstream = new FaultyUpstream(Upstreams.AnswerAsync);
        await using var cluster = await ProcessCluster.CreateAsync(1);
        var (siloPort, clientPort) = (FreePort.Take(), FreePort.Take());
        var gateway = await cluster.StartAsync("gateway", ProcessCluster.Conducting, null, [.. certificates.Settings("gateway"), $"Orchestra:Cluster:SiloPort={siloPort}", $"Orchestra:Cluster:GatewayPort={clientPort}"]);
        await cluster.StartAsync("expert", "expert", upstream, certificates.Settings("expert"));
        using var client = gateway.Client(cluster.Key);
        (await client.SendAsync(Upstreams.Ask(stream: true))).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var port in (int[])[siloPort, clientPort])
        {
            using var member = certificates.Certificate("member");
            using var stranger = strangers.Certificate("stranger");
            (await IsTakenAsync(port, member, TimeSpan.FromSeconds(1))).ShouldBeTrue("A certificate of the authority opens the port, or this test proves nothing.");
            (await IsTakenAsync(port, stranger, Refusal)).ShouldBeFalse();
            (await IsTakenAsync(port, null, Refusal)).ShouldBeFalse();
            (await IsTakenInPlainTextAsync(port)).ShouldBeFalse();
        }

        (await client.SendAsync(Upstreams.Ask())).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task Without_certificates_a_silo_that_others_can_reach_does_not_start()
    {
        await using var cluster = await ProcessCluster.CreateAsync(1);
        var error = await Should.ThrowAsync<InvalidOperationException>(() => cluster.StartAsync("open", ProcessCluster.Conducting, null, "Orchestra:Cluster:Address=192.0.2.1"));
        error.Message.ShouldContain("Orchestra:Cluster:Tls");
        error.Message.ShouldContain("Orchestra:Cluster:Plaintext");
        error.Message.ShouldNotContain("Listening on");
    }

    /// <summary>
    /// Whether the port goes on talking to somebody with this certificate, or waits for their word; in TLS 1.3 a refusal comes after the client's side of the handshake, as the end of the connection.
    /// </summary>
    private static async Task<bool> IsTakenAsync(int port, X509Certificate2? certificate, TimeSpan patience)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(connection.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "orchestra",
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, remote, _, _) => remote!.Issuer.Contains("Orchestra test authority", StringComparison.Ordinal),
            });
            return await tls.ReadAsync(new byte[1]).AsTask().WaitAsync(patience) > 0;
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> IsTakenInPlainTextAsync(int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await connection.GetStream().WriteAsync("not a handshake, whatever it is that you expect"u8.ToArray());
        try
        {
            var answer = new byte[1];
            // A TLS alert (21) says goodbye.
            return await connection.GetStream().ReadAsync(answer).AsTask().WaitAsync(Refusal) > 0 && answer[0] != 21;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
