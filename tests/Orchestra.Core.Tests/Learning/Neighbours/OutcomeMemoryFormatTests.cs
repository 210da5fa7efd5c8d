using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Tests.Learning.Neighbours;

public sealed class OutcomeMemoryFormatTests
{
    private static readonly byte[] Written = Memories.Bytes(Memories.Random(seed: 5, rows: 20, dimensions: 10, capacity: 256));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(257)]
    [InlineData(1_500)]
    public void A_memory_comes_back_as_it_was_written(int rows)
    {
        var memory = Memories.Random(seed: 4, rows, capacity: 1_024);
        var bytes = Memories.Bytes(memory);
        var read = Memories.Read(bytes);
        Memories.Bytes(read).ShouldBe(bytes);
        (read.Dimensions, read.Capacity, read.Count).ShouldBe((memory.Dimensions, memory.Capacity, memory.Count));
        var query = Memories.Vector(new Random(6), 30);
        read.Lookup(query, Memories.Experts).ShouldBe(memory.Lookup(query, Memories.Experts));
        foreach (var expert in Memories.Experts)
            read.Total(expert).ShouldBe(memory.Total(expert));
    }

    [Fact]
    public void A_row_takes_little_more_than_a_byte_for_each_dimension() =>
        Memories.Bytes(Memories.Random(seed: 4, rows: 1_000, dimensions: 128)).Length.ShouldBeLessThan(1_000 * (128 + 1 + 6) + 100);

    [Property(MaxTest = 2_000)]
    public void Whatever_byte_is_damaged_the_memory_is_refused_or_sound(NonNegativeInt place, byte value)
    {
        var damaged = Written.ToArray();
        damaged[place.Get % damaged.Length] = value;
        IsRefusedOrSound(damaged);
    }

    [Fact]
    public void Whatever_bit_of_its_head_is_damaged_the_memory_is_refused_or_sound()
    {
        for (var bit = 0; bit < 8 * 64; bit++)
        {
            var damaged = Written.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            IsRefusedOrSound(damaged);
        }
    }

    [Fact]
    public void A_memory_that_is_cut_off_is_refused()
    {
        for (var length = 0; length < Written.Length; length++)
            Should.Throw<InvalidDataException>(() => Memories.Read(Written[..length]));
    }

    [Property]
    public void Bytes_that_are_no_memory_are_refused_or_sound(byte[]? bytes) => IsRefusedOrSound([1, .. bytes ?? []]);

    private static void IsRefusedOrSound(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        OutcomeMemory memory;
        try
        {
            memory = Memories.Read(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }
        finally
        {
            // A chunk of the widest rows, and little else.
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
        }

        var experts = memory.Experts.ToArray();
        var query = new float[memory.Dimensions];
        query.AsSpan().Fill(1);
        foreach (var score in memory.Lookup(query, experts))
        {
            score.MeanScore.ShouldBeInRange(0, 1);
            score.Weight.ShouldBeInRange(0, 33);
        }
    }
}
