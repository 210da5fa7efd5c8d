namespace Orchestra.Core.Experts.Discovery;

/// <summary>A model of a provider.</summary>
/// <param name="Model">Its name at the provider.</param>
/// <param name="InputPrice">Dollars for a million prompt tokens.</param>
/// <param name="OutputPrice">Dollars for a million completion tokens.</param>
/// <param name="ContextWindow">Tokens of prompt and answer together.</param>
/// <param name="MaxOutputTokens">Tokens that one answer may have.</param>
internal sealed record KnownModel(string Model, decimal InputPrice, decimal OutputPrice, int ContextWindow, int MaxOutputTokens);
