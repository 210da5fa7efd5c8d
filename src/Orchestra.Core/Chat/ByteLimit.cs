using System.Text.Json;

namespace Orchestra.Core.Chat;

/// <summary>Bounds the bytes that an answer put together from pieces may keep.</summary>
internal sealed class ByteLimit(long most)
{
    private long _left = most;

    /// <summary>Takes some of them; throws <see cref="JsonException"/> where there are not so many left.</summary>
    public void Take(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
            throw new JsonException("The answer is too long.");
    }
}
