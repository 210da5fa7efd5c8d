using System.Runtime.CompilerServices;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Placement;
using Orchestra.Grains.Streams;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Experts;

/// <summary>An expert of the cluster: every call goes to one of its replicas, and to another one where that is full or its silo is gone before the first byte.</summary>
/// <param name="descriptor">What a conductor may know of it.</param>
/// <param name="replicas">How many replicas there are.</param>
/// <param name="grains">Finds the grains.</param>
/// <param name="places">Says where an expert's replicas are.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws replicas.</param>
internal sealed class ClusterExpert(ExpertDescriptor descriptor, int replicas, IGrainFactory grains, Func<string, ExpertPlaces> places, TimeProvider time, Random random) : IExpert
{
    private readonly ReplicaChoice _choice = new(replicas, random);

    /// <inheritdoc/>
    public ExpertDescriptor Descriptor => descriptor;

    /// <inheritdoc/>
    public async Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        var message = ExpertCallMessage.Of(call);
        var attempts = new ReplicaAttempts(descriptor.Name, _choice, places, time);
        while (true)
        {
            var replica = await attempts.NextAsync(ct);
            try
            {
                var reply = await Grain(attempts.Key(replica)).AskAsync(message, ct);
                if (!attempts.Takes(reply.Fault))
                    return reply.Unwrap(ct).ToReply();
            }
            catch (SiloLeavingException error)
            {
                attempts.Leaves(replica, error);
            }
            catch (Exception error) when (GrainCalls.IsLost(error))
            {
                attempts.Lost(error);
            }
            finally
            {
                _choice.Leave(replica);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        var message = ExpertCallMessage.Of(call);
        var attempts = new ReplicaAttempts(descriptor.Name, _choice, places, time);
        while (true)
        {
            var replica = await attempts.NextAsync(ct);
            try
            {
                await using var chunks = ChunkReader.ReadAsync(Grain(attempts.Key(replica)).StreamAsync(message, ct), null, ct).GetAsyncEnumerator(ct);
                if (await BeginAsync(chunks, replica, attempts) is not { } hasChunk)
                    continue;
                while (hasChunk)
                {
                    yield return chunks.Current;
                    hasChunk = await GoOnAsync(chunks);
                }

                yield break;
            }
            finally
            {
                _choice.Leave(replica);
            }
        }
    }

    private IExpertGrain Grain(ExpertKey key) => grains.GetGrain<IExpertGrain>(key.ToString());

    /// <summary>Waits for the first chunk; null where another replica is to be asked.</summary>
    private static async Task<bool?> BeginAsync(IAsyncEnumerator<ReplyChunk> chunks, int replica, ReplicaAttempts attempts)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (ExpertException error) when (attempts.Takes(error))
        {
            return null;
        }
        catch (SiloLeavingException error)
        {
            attempts.Leaves(replica, error);
            return null;
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            attempts.Lost(error);
            return null;
        }
    }

    private async Task<bool> GoOnAsync(IAsyncEnumerator<ReplyChunk> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            throw new ExpertException(descriptor.Name, ErrorCode.UpstreamFailed, 502, $"The silo that ran '{descriptor.Name}' failed in the middle of its answer. Ask again.", error) { MayHaveCharged = true };
        }
    }
}
