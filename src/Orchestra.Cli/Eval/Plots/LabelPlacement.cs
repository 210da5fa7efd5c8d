namespace Orchestra.Cli.Eval.Plots;

/// <summary>Finds places for labels beside their dots, where they cover neither each other nor dots, and as little of the lines as possible.</summary>
internal sealed class LabelPlacement
{
    private const double Height = 15;
    private const double PerLetter = 6.7;
    private static readonly (double X, double Y, double Anchor)[] Directions =
    [
        (1, 0, 0), (-1, 0, 1), (0, -1, 0.5), (0, 1, 0.5), (0.8, -0.8, 0), (0.8, 0.8, 0), (-0.8, -0.8, 1), (-0.8, 0.8, 1),
    ];

    private readonly List<Box> _taken = [];
    private readonly List<(double X, double Y)> _lines;

    /// <summary>Places labels among dots and lines.</summary>
    /// <param name="dots">The centres of all dots.</param>
    /// <param name="lines">Points along the lines.</param>
    public LabelPlacement(IEnumerable<(double X, double Y)> dots, IEnumerable<(double X, double Y)> lines)
    {
        _taken.AddRange(dots.Select(dot => new Box(dot.X - 6, dot.Y - 6, dot.X + 6, dot.Y + 6)));
        _lines = [.. lines];
    }

    /// <summary>The left end and the baseline of a label's text; further from the dot where it is crowded.</summary>
    public (double X, double Y) Place(string label, double x, double y)
    {
        var width = label.Length * PerLetter;
        var boxes = new[] { 10.0, 22, 36, 52, 70 }.SelectMany(distance => Directions.Select(direction => At(x, y, width, distance, direction))).Where(IsInside).ToList();
        var free = boxes.Where(box => _taken.TrueForAll(other => !box.Overlaps(other))).ToList();
        // With no place free the last resort covers something; a label that is missing would be worse.
        var best = free.Count > 0 ? free.MinBy(box => (_lines.Count(box.Holds) * 8) + Distance(box, x, y)) : boxes.FirstOrDefault(At(x, y, width, 10, Directions[0]));
        _taken.Add(best);
        return (best.Left, best.Bottom - 4);
    }

    private static Box At(double x, double y, double width, double distance, (double X, double Y, double Anchor) direction)
    {
        var left = x + (direction.X * distance) - (direction.Anchor * width);
        var middle = y + (direction.Y * (distance + 4));
        return new Box(left, middle - (Height / 2), left + width, middle + (Height / 2));
    }

    private static bool IsInside(Box box) => box.Left >= PlotScale.Left + 2 && box.Right <= PlotScale.Right - 2 && box.Top >= PlotScale.Top + 2 && box.Bottom <= PlotScale.Bottom - 2;

    private static double Distance(Box box, double x, double y)
    {
        var across = Math.Max(0, Math.Max(box.Left - x, x - box.Right));
        var down = Math.Max(0, Math.Max(box.Top - y, y - box.Bottom));
        return Math.Sqrt((across * across) + (down * down));
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        public bool Holds((double X, double Y) point) => point.X > Left && point.X < Right && point.Y > Top && point.Y < Bottom;
    }
}
