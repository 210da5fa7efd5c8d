namespace Orchestra.Core.Errors;

/// <summary>The stable codes that users' programs may depend on; the wire form is snake_case.</summary>
public static class ErrorCode
{
    /// <summary>The body is not the JSON that the API takes (400).</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>A field is missing or has a value that the API does not take (400).</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The prompt is longer than the context window of every expert that could answer (400).</summary>
    public const string ContextLengthExceeded = "context_length_exceeded";

    /// <summary>There is no key, or it is wrong (401).</summary>
    public const string InvalidApiKey = "invalid_api_key";

    /// <summary>The key is good but may not do this (403).</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The key may not use this model (403).</summary>
    public const string ModelNotAllowed = "model_not_allowed";

    /// <summary>The path, tenant or trajectory does not exist (404).</summary>
    public const string NotFound = "not_found";

    /// <summary>The model is neither <c>orchestra</c> nor the name of an expert (404).</summary>
    public const string ModelNotFound = "model_not_found";

    /// <summary>Something with this name exists already (409).</summary>
    public const string Conflict = "conflict";

    /// <summary>It was changed since the version that the request names (412).</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>The body is larger than the limit (413).</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>The tenant's budget does not cover the call (429, never worth a retry).</summary>
    public const string InsufficientQuota = "insufficient_quota";

    /// <summary>A rate limit of the tenant, team, user or key is reached (429, worth a retry).</summary>
    public const string RateLimitExceeded = "rate_limit_exceeded";

    /// <summary>The queue in front of an expert is full (503, worth a retry).</summary>
    public const string Overloaded = "overloaded";

    /// <summary>No expert of the catalogue can answer this query (503).</summary>
    public const string NoExpert = "no_expert";

    /// <summary>An expert failed or answered nonsense (502).</summary>
    public const string UpstreamFailed = "upstream_failed";

    /// <summary>An expert, or the whole query, took longer than allowed (504).</summary>
    public const string UpstreamTimeout = "upstream_timeout";

    /// <summary>The conductor refused the query (400).</summary>
    public const string Refused = "refused";

    /// <summary>The host is stopping (503, worth a retry).</summary>
    public const string ShuttingDown = "shutting_down";

    /// <summary>The configuration is wrong; the host does not start.</summary>
    public const string InvalidConfiguration = "invalid_configuration";

    /// <summary>A policy file is damaged, or this version cannot use it (400).</summary>
    public const string InvalidPolicy = "invalid_policy";

    /// <summary>A fault of Orchestra itself (500).</summary>
    public const string Internal = "internal_error";
}
