using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Learning.Policies;

/// <summary>A trained policy in replayed episodes; any number of threads may ask it.</summary>
public sealed class LearnedReplayPolicy : IReplayPolicy, IDisposable
{
    private readonly ThreadLocal<Seat> _seats;

    /// <summary>A policy for the episodes of any table.</summary>
    public LearnedReplayPolicy(Policy policy)
        : this(policy.Weights)
    {
    }

    internal LearnedReplayPolicy(PolicyWeights weights) => _seats = new ThreadLocal<Seat>(() => new Seat(weights));

    /// <inheritdoc/>
    public string Name => "learned";

    /// <inheritdoc/>
    public ReplayMove Decide(ReplayEpisode episode, double lambda) => _seats.Value!.Decide(episode, lambda);

    /// <inheritdoc/>
    public double PreferStrong(ReplayEpisode episode, int weak, int strong) => _seats.Value!.Gain(episode, weak, strong);

    /// <inheritdoc/>
    public void Dispose() => _seats.Dispose();

    /// <summary>One thread's state, which it keeps from row to row.</summary>
    private sealed class Seat(PolicyWeights weights)
    {
        private readonly Dictionary<int, SeenAnswer> _answers = [];
        private QueryState? _state;
        private ReplayTable? _table;
        private ReplayRow? _row;
        private ReplayMove[] _moves = [];
        private float[] _scores = [];

        public ReplayMove Decide(ReplayEpisode episode, double lambda)
        {
            var state = Look(episode);
            var outlook = state.OutlookAt(lambda, episode.CostUsd);
            var count = state.Moves(_moves);
            for (var i = 0; i < count; i++)
                _scores[i] = state.Score(weights.Scorer, outlook, _moves[i]);
            return _moves[MoveChoice.Best(_scores.AsSpan(0, count))];
        }

        public double Gain(ReplayEpisode episode, int weak, int strong)
        {
            var state = Look(episode);
            return state.Experts[strong].Chance - state.Experts[weak].Chance;
        }

        private QueryState Look(ReplayEpisode episode)
        {
            if (_state is null || !ReferenceEquals(_table?.Experts, episode.Table.Experts))
            {
                _table = episode.Table;
                _state = new QueryState(weights, _table.Experts);
                _moves = new ReplayMove[3 * _table.Experts.Count];
                _scores = new float[_moves.Length];
                _row = null;
            }

            if (!ReferenceEquals(_row, episode.Row))
            {
                _row = episode.Row;
                _answers.Clear();
                _state.Begin(episode.Prompt);
            }

            for (var i = 0; i < _state.Experts.Count; i++)
                Look(episode, i, _state.Experts[i]);
            _state.Predict();
            return _state;
        }

        private void Look(ReplayEpisode episode, int index, SeenExpert expert)
        {
            expert.Reset();
            expert.IsPresent = episode.CanAsk(index);
            expert.IsReadable = episode.Row.Outcomes[index]?.Response is not null;
            if (!episode.Asked.Contains(index))
                return;
            expert.IsPresent = true;
            if (!_answers.TryGetValue(index, out var answer))
                _answers.Add(index, answer = SeenAnswer.Of(episode.Prompt, episode.ResponseOf(index)));
            expert.Answer = answer;
            expert.IsVerified = episode.Verified.Contains(index);
            expert.Verdict = expert.IsVerified ? ReplayVerdicts.Ask(episode.Prompt, episode.ResponseOf(index) ?? string.Empty) : 0;
        }
    }
}
