using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Neighbours;

public sealed class NeighbourSearchTests
{
    private const int Neighbours = 32;

    [Property(MaxTest = 50)]
    public void Every_kind_of_instructions_gives_the_same_products(int seed, byte quads)
    {
        var random = new Random(seed);
        var cells = new byte[64 * 4 * (quads + 1)];
        foreach (ref var cell in cells.AsSpan())
            cell = (byte)random.Next(DotProducts.Offset - QuantisedVector.RowMost, DotProducts.Offset + QuantisedVector.RowMost + 1);
        var query = new int[quads + 1];
        foreach (ref var number in MemoryMarshal.Cast<int, sbyte>(query.AsSpan()))
            number = (sbyte)random.Next(-QuantisedVector.QueryMost, QuantisedVector.QueryMost + 1);
        var (plain, products) = (new int[64], new int[64]);
        DotProducts.WithoutVectors(cells, query, plain);
        if (Avx2.IsSupported)
        {
            DotProducts.With256Bits(cells, query, products);
            products.ShouldBe(plain);
        }

        if (Avx512BW.IsSupported)
        {
            DotProducts.With512Bits(cells, query, products);
            products.ShouldBe(plain);
        }
    }

    [Theory]
    [InlineData(QuantisedVector.RowMost, QuantisedVector.QueryMost)]
    [InlineData(-QuantisedVector.RowMost, QuantisedVector.QueryMost)]
    [InlineData(-QuantisedVector.RowMost, -QuantisedVector.QueryMost)]
    public void The_largest_numbers_do_not_overflow(int row, int query)
    {
        var cells = new byte[32 * OutcomeMemory.MaxDimensions];
        cells.AsSpan().Fill((byte)(row + DotProducts.Offset));
        var numbers = new sbyte[OutcomeMemory.MaxDimensions];
        numbers.AsSpan().Fill((sbyte)query);
        var products = new int[32];
        DotProducts.Compute(cells, MemoryMarshal.Cast<sbyte, int>(numbers), products);
        products.ShouldAllBe(product => product == row * query * OutcomeMemory.MaxDimensions);
    }

    [Property(MaxTest = 200)]
    public void The_nearest_are_those_that_sorting_finds(int seed, PositiveInt blocks, PositiveInt most)
    {
        var random = new Random(seed);
        // Few different values, so that many are equal.
        var similarities = new float[16 * blocks.Get];
        foreach (ref var similarity in similarities.AsSpan())
            similarity = random.Next(-5, 20) / 20f;
        var nearest = new NearestRows(new ulong[4 * most.Get], most.Get);
        nearest.Offer(similarities, firstRow: 100);
        var found = nearest.Sorted().ToArray();
        var expected = Enumerable.Range(0, similarities.Length).Where(row => similarities[row] > 0)
            .OrderByDescending(row => similarities[row]).ThenBy(row => row).Take(most.Get);
        found.Select(candidate => NearestRows.RowOf(candidate) - 100).ShouldBe(expected);
        found.Select(NearestRows.SimilarityOf).ShouldBe(found.Select(candidate => similarities[NearestRows.RowOf(candidate) - 100]));
    }

    [Fact]
    public void Leave_one_out_is_what_lookups_without_the_row_give()
    {
        var memory = Memories.Random(seed: 3, rows: 600);
        var all = memory.LeaveOneOut(Memories.Experts);
        memory.LeaveOneOut(Memories.Experts).ShouldBe(all);
        var whole = new sbyte[32];
        var expected = new NeighbourScore[3];
        for (var row = 0; row < 600; row++)
        {
            var scale = memory.Snapshot.Get(row, whole);
            memory.Snapshot.Lookup(whole, scale, Memories.Experts, Neighbours, new ExcludedRows(row), expected);
            all.AsSpan(row * 3, 3).ToArray().ShouldBe(expected);
        }
    }

    [Fact]
    public void Rows_of_one_fold_do_not_count_for_each_other()
    {
        var memory = new OutcomeMemory(4);
        int[] folds = [0, 1, 0, 1, 1];
        foreach (var fold in folds)
            memory.Add([1, 0, 0, 0], [KeyValuePair.Create("a", (double)fold)]);
        var scores = memory.LeaveOneOut(["a"], folds: folds);
        scores.Select(score => score.MeanScore).ShouldBe([1, 0, 1, 0, 0]);
        scores.Select(score => Math.Round(score.Weight, 3)).ShouldBe([3, 2, 3, 2, 2]);
        memory.LeaveOneOut(["a"]).ShouldAllBe(score => Math.Round(score.Weight, 3) == 4);
        Should.Throw<ArgumentException>(() => memory.LeaveOneOut(["a"], folds: [1]));
    }

    [SkippableFact]
    public async Task Nine_of_ten_neighbours_are_the_true_ones()
    {
        var embedder = new HashedEmbedder();
        var vectors = new List<float[]>();
        var memory = new OutcomeMemory(embedder.Dimensions);
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path("mmlu_pro.jsonl.gz")))
        {
            var vector = new float[embedder.Dimensions];
            embedder.Embed(row.Prompt, vector);
            memory.Add(vector, []);
            vectors.Add(vector);
        }

        var found = 0;
        var queries = 0;
        for (var query = 0; query < vectors.Count; query += 41)
        {
            var exact = Enumerable.Range(0, vectors.Count).OrderByDescending(row => TensorPrimitives.Dot<float>(vectors[query], vectors[row])).Take(Neighbours).ToHashSet();
            found += Nearest(memory, vectors[query]).Count(exact.Contains);
            queries++;
        }

        (found / (double)(queries * Neighbours)).ShouldBeGreaterThan(0.9);
    }

    private static int[] Nearest(OutcomeMemory memory, float[] query)
    {
        var whole = new sbyte[query.Length];
        QuantisedVector.Quantise(query, whole, QuantisedVector.QueryMost);
        return memory.Snapshot.Nearest(whole, Neighbours, new ExcludedRows(-1), new ulong[8 * Neighbours]).ToArray().Select(NearestRows.RowOf).ToArray();
    }
}
