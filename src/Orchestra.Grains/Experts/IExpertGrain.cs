using Orchestra.Grains.Messages;
using Orleans.Concurrency;

namespace Orchestra.Grains.Experts;

/// <summary>One replica of an expert; the key is <c>expert/replica</c>, replicas count from 0.</summary>
[Alias("orchestra.expert")]
public interface IExpertGrain : IGrainWithStringKey
{
    /// <summary>Answers as a whole.</summary>
    [Alias("Ask"), ResponseTimeout("01:00:00")]
    Task<Reply<ExpertReplyMessage>> AskAsync(ExpertCallMessage call, CancellationToken ct);

    /// <summary>Answers piece by piece.</summary>
    [Alias("Stream"), ResponseTimeout("01:00:00")]
    IAsyncEnumerable<StreamPart> StreamAsync(ExpertCallMessage call, CancellationToken ct);

    /// <summary>What the replica does now, and where it is.</summary>
    [Alias("Load"), AlwaysInterleave]
    Task<ExpertLoad> LoadAsync(CancellationToken ct);
}
