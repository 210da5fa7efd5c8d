namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>Where each figure of a run stands in a row of figures.</summary>
/// <param name="points">Number of operating points.</param>
/// <param name="band">Number of costs at which the frontier is read.</param>
/// <param name="isPair">Whether the metrics of pairs follow.</param>
internal sealed class FigureLayout(int points, int band, bool isPair)
{
    public int ShownAccuracy => 2 * points;

    public int ShownCost => ShownAccuracy + 1;

    public int Match => ShownAccuracy + 2;

    public int Apgr => Band(band);

    public int Cpt50 => Apgr + 1;

    public int Cpt80 => Apgr + 2;

    public int Count => Band(band) + (isPair ? 3 : 0);

    public static int Accuracy(int point) => 2 * point;

    public static int Cost(int point) => (2 * point) + 1;

    public int Band(int index) => Match + 1 + index;
}
