using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Turns a text into a vector, so that similar texts lie near each other.</summary>
public interface IEmbedder
{
    /// <summary>Changes whenever the vectors of the same texts would change; vectors of different ids are never compared.</summary>
    string Id { get; }

    /// <summary>Numbers of a vector.</summary>
    int Dimensions { get; }

    /// <summary>Whether the vector is made in this process, at once and without a call that may fail.</summary>
    bool IsLocal { get; }

    /// <summary>
    /// Writes the text's vector: of length one, or all zeros for a text without words. Throws <see cref="OrchestraException"/> where an endpoint fails; the
    /// caller goes on with zeros.
    /// </summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="destination">Takes exactly <see cref="Dimensions"/> numbers.</param>
    /// <param name="ct">Ends the wait for an endpoint.</param>
    ValueTask EmbedAsync(string text, Memory<float> destination, CancellationToken ct);
}
