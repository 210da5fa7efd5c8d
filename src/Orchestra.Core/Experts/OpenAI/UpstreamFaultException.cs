namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Carries a fault from the depth of a reply to the attempt that reads it.</summary>
internal sealed class UpstreamFaultException(UpstreamFault fault) : Exception(fault.Text, fault.Cause)
{
    /// <summary>What is wrong.</summary>
    public UpstreamFault Fault { get; } = fault;
}
