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

    /// <summary>Gives up the replica's place, so that the next call finds it a better one; false where it stays.</summary>
    /// <param name="from">The name of the silo where it is thought to be; anywhere else it stays.</param>
    /// <param name="whileItWorks">Whether it goes once its work has ended, and takes none until then.</param>
    /// <param name="ct">Ends the call.</param>
    [Alias("Move"), AlwaysInterleave]
    Task<bool> MoveAsync(string from, bool whileItWorks, CancellationToken ct);
}
