namespace Polly.RateLimiting;

/// <summary>The call was not made: the client already has as many calls under way as it may have.</summary>
public sealed class RateLimiterRejectedException(string message) : ExecutionRejectedException(message);
