using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Learns what each expert is good at from its own outcomes, beyond what is predicted of all experts alike.</summary>
internal static class StrengthTraining
{
    private const float TermPenalty = 7;
    private const float NumberPenalty = 500;
    private const float ConstantPenalty = 2;
    private const int LeastOutcomes = 10;
    private const int Iterations = 60;
    private const double Tolerance = 1e-5;

    /// <summary>Fits the strengths; of more experts than can be kept, those with the most outcomes have any.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="rows">Indices of the rows to learn from.</param>
    /// <param name="queries">Those rows' queries.</param>
    /// <param name="groups">What is predicted of those rows, from <see cref="PriorCases"/>.</param>
    /// <param name="weights">The weights of those predictions.</param>
    /// <param name="ct">Stops it.</param>
    public static ExpertStrengths Fit(TrainingData data, IReadOnlyList<int> rows, IReadOnlyList<RowQuery> queries, IReadOnlyList<CaseGroup> groups, float[] weights, CancellationToken ct)
    {
        var cases = data.Names.Select(_ => new List<StrengthCase>()).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            var next = 0;
            for (var expert = 0; expert < cases.Length; expert++)
            {
                if (data.Table.Rows[rows[i]].Outcomes[expert] is null)
                    continue;
                var one = groups[i].Cases[next++];
                cases[expert].Add(new StrengthCase(queries[i].Terms, queries[i].TermValue, queries[i].Numbers, TensorPrimitives.Dot<float>(weights, one.Numbers), one.Score));
            }
        }

        var known = Enumerable.Range(0, cases.Length).Where(expert => cases[expert].Count >= LeastOutcomes).OrderByDescending(expert => cases[expert].Count).Take(ExpertStrengths.MostExperts).Order().ToList();
        var strengths = new ExpertStrengths([.. known.Select(expert => data.Names[expert])]);
        var points = new float[known.Count][];
        TrainingCores.For(known.Count, place => points[place] = Fit(cases[known[place]], ct), ct);
        for (var place = 0; place < points.Length; place++)
        {
            for (var weight = 0; weight < ExpertStrengths.Length; weight++)
                strengths[place, weight] = points[place][weight];
        }

        return strengths;
    }

    private static float[] Fit(List<StrengthCase> cases, CancellationToken ct)
    {
        var objective = new StrengthObjective(cases, QueryFeatures.Buckets, StructureScale.Length, TermPenalty, NumberPenalty, ConstantPenalty);
        var point = new float[objective.Length];
        QuasiNewton.Minimise(objective, point, Iterations, Tolerance, ct);
        return point;
    }
}
