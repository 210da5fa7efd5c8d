using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Embeddings;

namespace Orchestra.Core.Conducting.Learned;

/// <summary>Gets the vectors of queries from an endpoint: once for each query, whose later turns use the same, and without one where the endpoint fails. A decision never fails for it.</summary>
/// <param name="embedder">The embedder.</param>
/// <param name="time">The clock of the limit.</param>
/// <param name="logger">Told of an endpoint that fails, at most once a minute.</param>
internal sealed partial class QueryVectors(IEmbedder embedder, TimeProvider time, ILogger<QueryVectors> logger)
{
    /// <summary>The share of a query's time that its vector may take.</summary>
    private const int ShareOfTime = 10;

    private static readonly long LogEvery = TimeSpan.TicksPerMinute;

    private readonly ConditionalWeakTable<ChatRequest, float[]> _known = [];
    private long _nextLog;

    /// <summary>The vector of the situation's query; null where there is none in time.</summary>
    public async ValueTask<float[]?> OfAsync(Situation situation, CancellationToken ct)
    {
        if (_known.TryGetValue(situation.Request, out var known))
            return known.Length == 0 ? null : known;
        var vector = await AskAsync(situation, ct);
        _known.AddOrUpdate(situation.Request, vector);
        return vector.Length == 0 ? null : vector;
    }

    private async ValueTask<float[]> AskAsync(Situation situation, CancellationToken ct)
    {
        var vector = new float[embedder.Dimensions];
        using var limit = new CancellationTokenSource(Limit(situation.TimeLeft), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await embedder.EmbedAsync(situation.Request.LastUserText, vector, either.Token);
            return vector;
        }
        catch (OrchestraException error)
        {
            Tell(error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            Tell(error);
        }

        return [];
    }

    private static TimeSpan Limit(TimeSpan left)
    {
        var share = left / ShareOfTime;
        return share < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : share < TimeSpan.FromMinutes(1) ? share : TimeSpan.FromMinutes(1);
    }

    private void Tell(Exception error)
    {
        var now = time.GetUtcNow().UtcTicks;
        var next = Interlocked.Read(ref _nextLog);
        if (now >= next && Interlocked.CompareExchange(ref _nextLog, now + LogEvery, next) == next)
            LogFailed(error);
    }

    [LoggerMessage(1, LogLevel.Warning, "Queries are decided without similar ones, since their vectors cannot be had; told once a minute")]
    private partial void LogFailed(Exception error);
}
