namespace Orchestra.Core.Experts.Discovery;

/// <summary>A provider that is found by the key in the environment.</summary>
/// <param name="Name">The provider's short name.</param>
/// <param name="KeyVariable">The environment variable that holds the key.</param>
/// <param name="Endpoint">Its OpenAI-compatible base address.</param>
/// <param name="MaxTokensField">Its name for the output limit.</param>
/// <param name="Cheap">A cheap model for most queries.</param>
/// <param name="Strong">A strong model for hard ones.</param>
internal sealed record KnownProvider(string Name, string KeyVariable, string Endpoint, string MaxTokensField, KnownModel Cheap, KnownModel Strong)
{
    /// <summary>
    /// The providers and two of their models each. Prices are the public list prices in dollars per million tokens when this table was written;
    /// providers change them, so they should be checked and, where they differ, set in the configuration.
    /// </summary>
    public static IReadOnlyList<KnownProvider> All { get; } =
    [
        new("openai", "OPENAI_API_KEY", "https://api.openai.com/v1", "max_completion_tokens",
            //                                                     in     out    window     output
            Cheap: new("gpt-4.1-mini",                             0.40m, 1.60m, 1_047_576, 32_768),
            Strong: new("gpt-4.1",                                 2.00m, 8.00m, 1_047_576, 32_768)),
        new("anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com/v1", "max_tokens",
            Cheap: new("claude-haiku-4-5",                         1.00m, 5.00m, 200_000, 64_000),
            Strong: new("claude-sonnet-4-5",                       3.00m, 15.00m, 200_000, 64_000)),
        new("groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1", "max_completion_tokens",
            Cheap: new("llama-3.1-8b-instant",                     0.05m, 0.08m, 131_072, 131_072),
            Strong: new("llama-3.3-70b-versatile",                 0.59m, 0.79m, 131_072, 32_768)),
        new("together", "TOGETHER_API_KEY", "https://api.together.xyz/v1", "max_tokens",
            Cheap: new("meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo", 0.18m, 0.18m, 131_072, 8_192),
            Strong: new("meta-llama/Llama-3.3-70B-Instruct-Turbo", 0.88m, 0.88m, 131_072, 8_192)),
        new("mistral", "MISTRAL_API_KEY", "https://api.mistral.ai/v1", "max_tokens",
            Cheap: new("mistral-small-latest",                     0.10m, 0.30m, 128_000, 8_192),
            Strong: new("mistral-large-latest",                    2.00m, 6.00m, 128_000, 8_192)),
        new("deepseek", "DEEPSEEK_API_KEY", "https://api.deepseek.com/v1", "max_tokens",
            Cheap: new("deepseek-chat",                            0.28m, 0.42m, 128_000, 8_192),
            Strong: new("deepseek-reasoner",                       0.28m, 0.42m, 128_000, 64_000)),
        new("openrouter", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1", "max_tokens",
            Cheap: new("openai/gpt-4.1-mini",                      0.40m, 1.60m, 1_047_576, 32_768),
            Strong: new("anthropic/claude-sonnet-4.5",             3.00m, 15.00m, 200_000, 64_000)),
        new("gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai", "max_tokens",
            Cheap: new("gemini-2.5-flash",                         0.30m, 2.50m, 1_048_576, 65_536),
            // Its price doubles for prompts beyond 200,000 tokens; this window keeps to the price.
            Strong: new("gemini-2.5-pro",                          1.25m, 10.00m, 200_000, 65_536)),
    ];
}
