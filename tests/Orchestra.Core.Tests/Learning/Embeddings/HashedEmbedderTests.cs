using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck.Xunit;
using Orchestra.Core.Learning.Embeddings;

namespace Orchestra.Core.Tests.Learning.Embeddings;

public sealed class HashedEmbedderTests
{
    private const string Sample = "Dr. Émile's 42 red apples: how many are left?\nλ-Ausdrücke 日本語のテキスト, naïve cases";

    private static readonly HashedEmbedder Embedder = new();

    [Fact]
    public void A_text_has_the_same_bits_on_every_machine()
    {
        var vector = Vector(Sample);
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(vector.AsSpan()))).ShouldBe("e6f8c883b4bb76c0efe4673e15afe9456599031f34874c03cf71370522641b5b");
        Embedder.Id.ShouldBe("hashed-1-128");
    }

    [Property]
    public void Every_vector_is_of_length_one_or_all_zeros(string? text)
    {
        var vector = Vector(text ?? string.Empty);
        if (vector.Any(number => number != 0))
            TensorPrimitives.Norm<float>(vector).ShouldBe(1, 1e-5f);
        else
            (text ?? string.Empty).Any(char.IsAsciiLetterOrDigit).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("?! … -- ({[ 😀")]
    public void A_text_without_words_is_all_zeros(string text) => Vector(text).ShouldAllBe(number => number == 0);

    [Theory]
    [InlineData("What is the derivative of x^2 + 3x?", "Find the derivative of the polynomial 5x^3 - x.", "Who wrote the novel War and Peace?")]
    [InlineData("Write a Python function that reverses a list.", "Write a Python function which sorts a list of numbers.", "Translate this sentence into French: I am hungry.")]
    [InlineData("Tom has 5 apples and buys 7 more. How many apples does he have?", "Anna buys 12 apples and eats 3. How many apples are left?", "Explain how vaccines work.")]
    public void A_similar_text_is_nearer_than_another(string text, string similar, string other)
    {
        var vector = Vector(text);
        TensorPrimitives.Dot<float>(vector, Vector(similar)).ShouldBeGreaterThan(TensorPrimitives.Dot<float>(vector, Vector(other)) + 0.2f);
    }

    [Fact]
    public void Case_and_punctuation_do_not_matter() => Vector("Hello, World! ÉTÉ").ShouldBe(Vector("hello world - été"));

    [Fact]
    public void Content_matters_more_than_function_words()
    {
        var vector = Vector("the price of the stock");
        TensorPrimitives.Dot<float>(vector, Vector("stock price")).ShouldBeGreaterThan(TensorPrimitives.Dot<float>(vector, Vector("the colour of the sky")) + 0.3f);
    }

    [Fact]
    public void A_word_said_a_hundred_times_does_not_drown_the_others()
    {
        var text = string.Join(' ', Enumerable.Repeat("apple", 100)) + " gravity";
        TensorPrimitives.Dot<float>(Vector(text), Vector("gravity")).ShouldBeGreaterThan(0.1f);
    }

    [Fact]
    public void Of_a_long_text_beginning_and_end_count()
    {
        var half = HashedEmbedder.MaxCharacters / 2;
        var head = string.Concat(Enumerable.Repeat("alpha ", half))[..half];
        var tail = string.Concat(Enumerable.Repeat(" omega", half))[..half];
        Vector(head + new string('x', 100_000) + tail).ShouldBe(Vector(head + "yy yyy" + tail));
    }

    [Fact]
    public void Embedding_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("How many of the 12 apples are left? ", 50));
        var vector = new float[Embedder.Dimensions];
        Embedder.Embed(text, vector);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Embedder.Embed(text, vector);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task The_seam_gives_what_the_embedder_gives()
    {
        IEmbedder seam = new HashedEmbedder(64);
        var vector = new float[64];
        await seam.EmbedAsync("some text", vector, CancellationToken.None);
        var direct = new float[64];
        new HashedEmbedder(64).Embed("some text", direct);
        vector.ShouldBe(direct);
        seam.Id.ShouldNotBe(Embedder.Id);
    }

    [Fact]
    public void Sizes_are_checked()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new HashedEmbedder(15));
        Should.Throw<ArgumentOutOfRangeException>(() => new HashedEmbedder(4097));
        Should.Throw<ArgumentException>(() => Embedder.Embed("text", new float[127]));
    }

    private static float[] Vector(string text)
    {
        var vector = new float[Embedder.Dimensions];
        Embedder.Embed(text, vector);
        return vector;
    }
}
