namespace Orchestra.Core.Learning.Training.Trees;

/// <summary>Cases' numbers, each replaced by the bin in which it lies, so that a tree finds its splits by counting. Bins hold about equally many cases.</summary>
internal sealed class BinnedNumbers
{
    /// <summary>Bins of a number at most.</summary>
    public const int Bins = 32;

    private const int SampleSize = 4_096;

    private readonly float[][] _thresholds;
    private readonly byte[][] _bins;

    /// <summary>Sorts the numbers of cases into bins.</summary>
    /// <param name="cases">The cases; all have equally many numbers.</param>
    /// <param name="ct">Stops it.</param>
    public BinnedNumbers(IReadOnlyList<OutcomeCase> cases, CancellationToken ct)
    {
        Count = cases.Count;
        Numbers = cases.Count == 0 ? 0 : cases[0].Numbers.Length;
        _thresholds = new float[Numbers][];
        _bins = new byte[Numbers][];
        TrainingCores.For(Numbers, number =>
        {
            _thresholds[number] = Thresholds(cases, number);
            _bins[number] = new byte[cases.Count];
            for (var i = 0; i < cases.Count; i++)
                _bins[number][i] = (byte)BinOf(_thresholds[number], cases[i].Numbers[number]);
        }, ct);
    }

    /// <summary>How many cases there are.</summary>
    public int Count { get; }

    /// <summary>How many numbers a case has.</summary>
    public int Numbers { get; }

    /// <summary>The bins of a number, case by case.</summary>
    public ReadOnlySpan<byte> BinsOf(int number) => _bins[number];

    /// <summary>How many thresholds a number has; a case lies in bin b where it is greater than the first b of them.</summary>
    public int ThresholdsOf(int number) => _thresholds[number].Length;

    /// <summary>The threshold above a bin.</summary>
    public float ThresholdOf(int number, int bin) => _thresholds[number][bin];

    private static float[] Thresholds(IReadOnlyList<OutcomeCase> cases, int number)
    {
        var step = Math.Max(1, cases.Count / SampleSize);
        var sample = new List<float>(SampleSize + 1);
        for (var i = 0; i < cases.Count; i += step)
            sample.Add(cases[i].Numbers[number]);
        sample.Sort();
        var thresholds = new List<float>(Bins);
        for (var bin = 1; bin < Bins; bin++)
        {
            var at = sample.Count * bin / Bins;
            var below = sample[Math.Max(0, at - 1)];
            // Many numbers take few values: a threshold stands between two that differ.
            while (at < sample.Count && sample[at] <= below)
                at++;
            if (at == sample.Count)
                break;
            var threshold = below + ((sample[at] - below) / 2);
            if (threshold < sample[at] && (thresholds.Count == 0 || threshold > thresholds[^1]))
                thresholds.Add(threshold);
        }

        return [.. thresholds];
    }

    private static int BinOf(float[] thresholds, float value)
    {
        var at = Array.BinarySearch(thresholds, value);
        return at < 0 ? ~at : at;
    }
}
