namespace Orchestra.Core.Learning.Policies;

/// <summary>The state of a query in a few numbers.</summary>
/// <param name="Lambda">The weight of efficiency against accuracy.</param>
/// <param name="Spent">Dollars spent on the query so far.</param>
/// <param name="Scale">Dollars at which efficiency is 0, from <see cref="Efficiency.ScaleOf"/>.</param>
/// <param name="Best">The best chance of the answers so far; 0 where there is none.</param>
/// <param name="Agreeing">The share of answers that agree with the most frequent one, 0 to 1.</param>
/// <param name="Asked">Answers so far.</param>
internal readonly record struct Outlook(double Lambda, double Spent, double Scale, float Best, float Agreeing, int Asked)
{
    /// <summary>λ on a scale from 0 to 1.</summary>
    public float Thrift => MoveScorer.PositionOf(Lambda) / (MoveScorer.Knots - 1);

    /// <summary>What a right answer is worth after another so many dollars, from 1 (free) to 0.</summary>
    public float Worth(double dollars) => (float)(Efficiency.Reward(1, Spent + dollars, Scale, Lambda) / (1 + Lambda));
}
