namespace Orchestra.Core.Errors;

/// <summary>A call of an expert that was given up before anything was sent, so that nobody can charge for it.</summary>
/// <param name="ct">What gave it up.</param>
public sealed class CallNotSentException(CancellationToken ct) : OperationCanceledException("The call was given up before it was sent.", ct);
