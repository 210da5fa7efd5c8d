using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations.Shadows;

/// <summary>Draws which queries are compared, and with whom, and keeps these until they are asked. No query ever waits for it.</summary>
public sealed class ShadowOffers
{
    /// <summary>Bytes of a request at most, so that what waits is bounded.</summary>
    public const int MaxRequestBytes = 64 * 1024;

    /// <summary>What the rows of the ledger have as the key that asked.</summary>
    private const string Key = "shadow";

    private readonly ExpertCatalogue _catalogue;
    private readonly double _share;
    private readonly Payer _payer;
    private readonly Random _random;   // of one thread at a time
    private readonly Channel<ShadowOffer> _queue;

    /// <summary>Draws nothing yet.</summary>
    /// <param name="catalogue">The experts.</param>
    /// <param name="options">How many, and who pays.</param>
    /// <param name="random">Draws; nobody else may use it.</param>
    public ShadowOffers(ExpertCatalogue catalogue, ShadowOptions options, Random random)
    {
        _catalogue = catalogue;
        _share = options.Share;
        _payer = new Payer(options.Tenant ?? string.Empty, string.Empty, string.Empty, Key);
        _random = random;
        _queue = Channel.CreateBounded<ShadowOffer>(options.MaxQueued);
    }

    /// <summary>Comparisons that wait.</summary>
    internal int Count => _queue.Reader.Count;

    /// <summary>Offers an answered query, which is compared if it is drawn, fits, and finds a place.</summary>
    /// <param name="query">The query.</param>
    /// <param name="trajectory">What happened to it.</param>
    /// <param name="asked">The experts that were asked for it.</param>
    internal void Offer(Query query, Trajectory trajectory, IReadOnlyList<string> asked)
    {
        if (!IsComparable(query.Request) || !IsDrawn())
            return;
        var experts = Others(query, trajectory.Assessment?.Task ?? TaskType.Chat, asked);
        if (experts.Count == 0)
            return;
        var payer = new Caller(_payer) { AllowedExperts = query.Caller.AllowedExperts };
        var offer = new ShadowOffer(trajectory.Id, trajectory.StartedAt, query with { Caller = payer }, experts[Draw(experts.Count)], _share / experts.Count);
        if (!_queue.Writer.TryWrite(offer))
            ShadowInstruments.Ended(ShadowInstruments.QueueFull);
    }

    /// <summary>The next comparison, when there is one; null where there will be none any more.</summary>
    internal async ValueTask<ShadowOffer?> TakeAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (_queue.Reader.TryRead(out var offer))
                return offer;
        }

        return null;
    }

    /// <summary>Takes no further queries and forgets those that wait.</summary>
    internal void Close()
    {
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out _))
            ShadowInstruments.Ended(ShadowInstruments.Stopped);
    }

    private static bool IsComparable(ChatRequest request) =>
        request is { HasTools: false, MediaParts: 0, Choices: 1 } && request.Body.Length <= MaxRequestBytes && !request.Has("audio");

    private List<ExpertDescriptor> Others(Query query, TaskType task, IReadOnlyList<string> asked)
    {
        var suitable = SuitableExperts.Of(new Situation { Request = query.Request, Catalogue = _catalogue.DescriptorsFor(query.Caller) }, task);
        return [.. suitable.Steps.Concat(suitable.Spares).Where(expert => !asked.Contains(expert.Name, StringComparer.Ordinal) && !expert.RefusedFields.Any(query.Request.Has))];
    }

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Nothing is secret about which queries are compared.")]
    private bool IsDrawn()
    {
        lock (_random)
            return _random.NextDouble() < _share;
    }

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Nothing is secret about which queries are compared.")]
    private int Draw(int count)
    {
        lock (_random)
            return _random.Next(count);
    }
}
