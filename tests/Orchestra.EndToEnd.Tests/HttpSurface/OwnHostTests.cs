using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Hosting;
using Orchestra.Core.Tenants;
using Orchestra.Gateway;
using Orchestra.Storage.Sqlite;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>A host of the user's own, as docs/architecture.md shows it, with an <see cref="IChatClient"/> of the user's own as expert.</summary>
public sealed class OwnHostTests
{
    [Fact]
    public async Task A_chat_client_registered_in_code_is_routed_paid_and_streamed_like_any_expert()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOrchestra(new OrchestraOptions()).AddSqliteStorage(folder.Path).AddGateway();
        var price = new ExpertPrice(Money.FromDollars(1), Money.FromDollars(2), Money.Zero);
        builder.Services.AddChatClient(new ExpertDescriptor { Name = "mine", Kind = "custom", Price = price }, new Parrot());
        await using var app = builder.Build();
        app.MapGateway(await AdminKey.OpenAsync(app.Services.GetRequiredService<ITenantStore>(), "the-admin-key-of-this-host", default));
        await app.Services.GetRequiredService<TenantRegistry>().AddAsync(new Tenant("acme", "Acme", DateTimeOffset.UnixEpoch), "this host", default);
        var (_, key) = await app.Services.GetRequiredService<ApiKeyIssuer>().IssueAsync("acme", "this host", default);
        await app.StartAsync();

        var client = new OpenAI.Chat.ChatClient("orchestra", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri($"{app.Urls.Single()}/v1") });
        var answer = await client.CompleteChatAsync("Polly wants a cracker");
        answer.Value.Content[0].Text.ShouldBe("Polly wants a cracker");
        answer.GetRawResponse().Headers.TryGetValue("x-orchestra-cost-usd", out var cost).ShouldBeTrue();
        cost.ShouldBe("0.000013");

        var text = string.Empty;
        await foreach (var update in client.CompleteChatStreamingAsync("Polly wants a cracker"))
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        text.ShouldBe("Polly wants a cracker");
        var state = await app.Services.GetRequiredService<IBudgets>().GetAsync("acme", default);
        state.Spent.ToString().ShouldBe("0.000026");
        state.Reserved.ShouldBe(Money.Zero);
        await app.StopAsync();
    }

    private sealed class Parrot : IChatClient
    {
        private static readonly UsageDetails Usage = new() { InputTokenCount = 5, OutputTokenCount = 4 };

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text)) { Usage = Usage, FinishReason = ChatFinishReason.Stop });

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var word in messages.Last().Text.Split(' ').Select((word, index) => index == 0 ? word : " " + word))
            {
                await Task.Yield();
                yield return new ChatResponseUpdate(ChatRole.Assistant, word);
            }

            yield return new ChatResponseUpdate { Contents = [new UsageContent(Usage)], FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
