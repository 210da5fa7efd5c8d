namespace Orchestra.Grains.Messages;

/// <summary>Turns what an operation of the domain returns or throws into a reply.</summary>
internal static class Replies
{
    /// <summary>The reply of an operation.</summary>
    public static async Task<Reply<T>> OfAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return new Reply<T>(await operation(), null);
        }
        catch (Exception error)
        {
            return new Reply<T>(default, Fault.Of(error));
        }
    }
}
