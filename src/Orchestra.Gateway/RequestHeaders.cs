namespace Orchestra.Gateway;

/// <summary>The request headers that Orchestra adds to OpenAI's API.</summary>
public static class RequestHeaders
{
    /// <summary>The id of the chat that the query belongs to, at most 128 characters; a policy that serves a share of the conversations keeps a chat.</summary>
    public const string Conversation = "x-orchestra-conversation";
}
