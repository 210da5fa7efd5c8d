using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>Adds up replies as they come, from any thread.</summary>
public sealed class OutcomesTally
{
    private const int MaxFailures = 20;
    private readonly Lock _lock = new();
    private readonly OutcomeBaselines _baselines = new();
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _calls = [];
    private readonly List<FailedRow> _failures = [];
    private int _asked;
    private int _answered;
    private int _ungraded;
    private int _withoutCost;
    private double _score;
    private decimal _totalCost;
    private decimal _scoredCost;

    /// <summary>Adds the reply to a row.</summary>
    public void Add(OutcomeRow row, NodeReply reply)
    {
        var score = reply.Text is null ? 0 : OutcomeGrader.Grade(row, reply.Text);
        lock (_lock)
        {
            _asked++;
            _totalCost += reply.CostUsd ?? 0;
            foreach (var expert in reply.Experts)
                _calls[expert] = _calls.GetValueOrDefault(expert) + 1;
            if (reply.Text is null)
                Fail(row, reply);
            else
                _answered++;
            if (reply is { Text: not null, CostUsd: null })
                _withoutCost++;
            if (score is null)
            {
                _ungraded++;
                return;
            }

            _score += score.Value;
            _scoredCost += reply.CostUsd ?? 0;
            _baselines.Add(row);
        }
    }

    /// <summary>The report on what was added.</summary>
    public OutcomesReport Report(TimeSpan wallTime)
    {
        lock (_lock)
        {
            var scored = Math.Max(1, _baselines.Rows);
            var calls = Math.Max(1, _calls.Values.Sum());
            return new OutcomesReport
            {
                Asked = _asked,
                Answered = _answered,
                Ungraded = _ungraded,
                WithoutCost = _withoutCost,
                Accuracy = _score / scored,
                TotalCostUsd = _totalCost,
                CostUsdPerThousand = _scoredCost * 1000 / scored,
                Calls = [.. _calls.Select(each => new ExpertCalls(each.Key, each.Value, (double)each.Value / calls)).OrderByDescending(each => each.Calls).ThenBy(each => each.Expert, StringComparer.Ordinal)],
                Errors = new SortedDictionary<string, int>(_errors, StringComparer.Ordinal),
                Failures = [.. _failures],
                Baselines = _baselines.Build(_scoredCost * 1000 / scored),
                WallTime = wallTime,
            };
        }
    }

    private void Fail(OutcomeRow row, NodeReply reply)
    {
        var code = reply.ErrorCode ?? "unknown";
        _errors[code] = _errors.GetValueOrDefault(code) + 1;
        if (_failures.Count < MaxFailures)
            _failures.Add(new FailedRow(row.Id, code, reply.Trajectory));
    }
}
