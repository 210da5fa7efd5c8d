namespace Orchestra.Hosting.Start;

/// <summary>The keys that this start made, which are shown now and never again.</summary>
/// <param name="ApiKey">The default tenant's key; null where there was one already.</param>
/// <param name="AdminKey">The admin key; null where it was given, or made by an earlier start.</param>
public sealed record FirstStartKeys(string? ApiKey, string? AdminKey)
{
    /// <summary>Writes the keys at once: a start that fails later must not take them with it.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        if (ApiKey is not null)
            await output.WriteLineAsync($"API key (shown once): {ApiKey}");
        if (AdminKey is not null)
            await output.WriteLineAsync($"Admin key (shown once): {AdminKey}");
        await output.FlushAsync();
    }
}
