using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Conversations;
using Orchestra.Core.Experts.Calculator;
using Orchestra.Core.Hosting;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Gateway.Health;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Gateway.Tests;

/// <summary>The gateway on a real Kestrel and a real store; only the conversations are scripted, since they are what it must not know.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-these-tests";
    public const int MaxBodyBytes = 4096;
    public const string Ask = """{"model":"orchestra","messages":[{"role":"user","content":"Hi"}]}""";
    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    private RunningGateway()
    {
    }

    public string Key { get; private set; } = string.Empty;

    public ScriptedConversations Conversations { get; private init; } = null!;

    public KeptLog Log { get; } = new();

    public ITenantStore Tenants => _app.Services.GetRequiredService<ITenantStore>();

    public ITrajectoryStore Trajectories => _app.Services.GetRequiredService<ITrajectoryStore>();

    public IBudgets Budgets => _app.Services.GetRequiredService<IBudgets>();

    public Readiness Readiness => _app.Services.GetRequiredService<Readiness>();

    /// <summary>Everything that is mapped.</summary>
    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public static async Task<RunningGateway> StartAsync(Func<Query, CancellationToken, Task<Answer>>? answer = null, Action<OrchestraOptions>? configure = null)
    {
        var gateway = new RunningGateway { Conversations = new ScriptedConversations(answer ?? ((_, _) => throw new InvalidOperationException("No query was expected."))) };
        var options = new OrchestraOptions { Gateway = { MaxBodyBytes = MaxBodyBytes } };
        configure?.Invoke(options);
        await gateway.StartAsync(options);
        return gateway;
    }

    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public HttpClient Client() => Client(Key);

    public HttpClient Admin() => Client(AdminKey);

    /// <summary>Posts a query; the response's body has not been read yet.</summary>
    public async Task<HttpResponseMessage> PostAsync(HttpContent body, CancellationToken ct = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = body };
        return await Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    public Task<HttpResponseMessage> PostAsync(string body = Ask, CancellationToken ct = default) => PostAsync(new StringContent(body, Encoding.UTF8, "application/json"), ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(OrchestraOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(Log);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IConversations>(Conversations);
        builder.Services.AddOrchestra(options).AddSqliteStorage(_folder.Path).AddGateway();
        builder.Services.AddExpert(new CalculatorExpert("calculator", TimeProvider.System, IdGenerator.Default));
        _app = builder.Build();
        var tenants = _app.Services.GetRequiredService<ITenantStore>();
        Key = (await _app.Services.GetRequiredService<FirstStart>().EnsureAsync(default))!;
        _app.MapGateway(await Core.Tenants.AdminKey.OpenAsync(tenants, AdminKey, default));
        await _app.StartAsync();
    }
}
