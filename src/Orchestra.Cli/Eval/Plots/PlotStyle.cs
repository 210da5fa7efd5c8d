namespace Orchestra.Cli.Eval.Plots;

/// <summary>The plot's colours and fonts, for light and dark surroundings. The hues differ in lightness too, for those who see colours differently.</summary>
internal static class PlotStyle
{
    /// <summary>The style sheet.</summary>
    public const string Sheet = """

        text { font-family: "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif; font-size: 12px; fill: #1f2328; }
        .ground { fill: #ffffff; }
        .grid { stroke: #e3e6ea; stroke-width: 1; }
        .axis { stroke: #8b949e; stroke-width: 1; }
        .title { font-size: 17px; font-weight: 600; }
        .subtitle, .tick { fill: #59636e; }
        .label { font-size: 11.5px; paint-order: stroke; stroke: #ffffff; stroke-width: 3.5px; stroke-linejoin: round; }
        .line { fill: none; stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
        .learned { stroke: #0b57d0; stroke-width: 3; }
        .learned-dot { fill: #0b57d0; stroke: #ffffff; stroke-width: 1; }
        .band { fill: #0b57d0; fill-opacity: 0.15; stroke: none; }
        .expert { fill: #1f2328; stroke: #ffffff; stroke-width: 1.2; }
        .oracle { stroke: #7a828b; stroke-dasharray: 7 4; }
        .mix { stroke: #7a828b; stroke-dasharray: 1.5 4; stroke-width: 2; }
        .line0 { stroke: #c2410c; }
        .line1 { stroke: #15803d; }
        .line2 { stroke: #9333ea; }
        .line3 { stroke: #b7950b; }
        .line4 { stroke: #0e9aa7; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .ground { fill: #0d1117; }
          .grid { stroke: #262c34; }
          .axis { stroke: #6e7681; }
          .subtitle, .tick { fill: #9198a1; }
          .label { stroke: #0d1117; }
          .learned { stroke: #6cb0ff; }
          .learned-dot { fill: #6cb0ff; stroke: #0d1117; }
          .band { fill: #6cb0ff; fill-opacity: 0.2; }
          .expert { fill: #e6edf3; stroke: #0d1117; }
          .oracle, .mix { stroke: #8d96a0; }
          .line0 { stroke: #ff9a5c; }
          .line1 { stroke: #4ade80; }
          .line2 { stroke: #c79bff; }
          .line3 { stroke: #e8cf4f; }
          .line4 { stroke: #4fd6e0; }
        }

        """;
}
