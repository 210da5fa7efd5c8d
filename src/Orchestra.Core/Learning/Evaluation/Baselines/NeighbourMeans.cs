using System.Numerics;
using Orchestra.Core.Learning.Embeddings;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Estimates scores by their mean over the training rows whose prompts are most alike, by the cosine of their embeddings.</summary>
internal static class NeighbourMeans
{
    private const int Neighbours = 40;
    private const int Dimensions = 512;

    /// <summary>Estimates by row and expert, each from the other folds only.</summary>
    public static double[][] Estimate(EvaluationSetup setup, CancellationToken ct)
    {
        var folds = setup.Folds!;
        var rows = setup.Table.Rows;
        var embedder = new HashedEmbedder(Dimensions);
        var vectors = rows.Select(row => Embed(embedder, row.Prompt)).ToArray();
        var result = new double[rows.Count][];
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var nearest = new PriorityQueue<int, float>(Neighbours + 1);
            for (var j = 0; j < rows.Count; j++)
            {
                if (folds[j] == folds[i])
                    continue;
                nearest.Enqueue(j, Dot(vectors[i], vectors[j]));
                if (nearest.Count > Neighbours)
                    nearest.Dequeue();
            }

            var scores = new double[setup.Table.Experts.Count];
            foreach (var expert in setup.Complete)
                scores[expert] = nearest.Count == 0 ? 0 : nearest.UnorderedItems.Average(each => rows[each.Element].Outcomes[expert]!.Score);
            result[i] = scores;
        });
        return result;
    }

    private static float[] Embed(HashedEmbedder embedder, string prompt)
    {
        var vector = new float[Dimensions];
        embedder.Embed(prompt, vector);
        return vector;
    }

    private static float Dot(float[] one, float[] other)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i <= one.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(one, i) * new Vector<float>(other, i);
        return Vector.Sum(sum);
    }
}
