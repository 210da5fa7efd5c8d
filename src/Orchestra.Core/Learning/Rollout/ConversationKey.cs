using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>
/// What the turns of one chat have in common, hashed so that no text is kept: the id that the client gave, else <c>prompt_cache_key</c>, <c>metadata.conversation_id</c> or
/// <c>user</c> of the request, else the first user message, which each later turn repeats. Two tenants never share one.
/// </summary>
/// <param name="Hash">The first half of the hash.</param>
public readonly record struct ConversationKey(UInt128 Hash)
{
    /// <summary>The key of a request.</summary>
    /// <param name="tenantId">Who asks.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="given">The id that the client gave beside the request; null where it gave none.</param>
    public static ConversationKey Of(string tenantId, ChatRequest request, string? given = null)
    {
        var (kind, text) = string.IsNullOrEmpty(given) ? InRequest(request) : ("given", given);
        return new ConversationKey(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId}\n{kind}\n{text}"))));
    }

    /// <summary>Whether this conversation belongs to a policy's share. A share that grows keeps the conversations that it has.</summary>
    /// <param name="policyId">The policy, so that each one gets a sample of its own.</param>
    /// <param name="share">The share of all conversations, 0 to 1.</param>
    public bool IsWithin(string policyId, double share)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Hash:x32}{policyId}"));
        return share >= 1 || BinaryPrimitives.ReadUInt64BigEndian(hash) / (double)ulong.MaxValue < share;
    }

    private static (string Kind, string Text) InRequest(ChatRequest request)
    {
        if (request.Has("prompt_cache_key") || request.Has("metadata") || request.Has("user"))
        {
            using var document = JsonDocument.Parse(request.Body);
            var root = document.RootElement;
            if (Text(root, "prompt_cache_key") is { } cacheKey)
                return ("prompt_cache_key", cacheKey);
            if (root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && Text(metadata, "conversation_id") is { } id)
                return ("conversation_id", id);
            if (Text(root, "user") is { } user)
                return ("user", user);
        }

        return ("first", request.UserTexts is [var first, ..] ? first : string.Empty);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
