namespace Orchestra.Gateway.Admin;

/// <summary>A new key; this is the only time that it is shown.</summary>
internal sealed record KeyResponse(string Key);
