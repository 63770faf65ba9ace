namespace HotDash.Integrations;

/// <summary>
/// How calls to one provider are protected. The integration sets its own values when it registers; <c>Integrations:{key}:…</c>
/// (such as <c>Integrations:publer:Retry:MaxAttempts</c>) overrides them, and <c>Integrations:Limits:{key}</c> the rate limit.
/// </summary>
public sealed class ResilienceOptions
{
    public RetryOptions Retry { get; } = new();

    public CircuitBreakerOptions CircuitBreaker { get; } = new();

    public TimeoutOptions Timeouts { get; } = new();

    public RetryBudgetOptions RetryBudget { get; } = new();

    /// <summary>What the provider allows the whole fleet; null when no limit is known. Enforced by <see cref="ITokenBudget"/>.</summary>
    public RateLimit? RateLimit { get; set; }

    /// <summary>How this provider's replies are to be read when their status does not tell all.</summary>
    public ReplyReader ReadReply { get; set; } = ReplyReading.Standard;
}

/// <summary>When a failed attempt is followed by another one. The wait is what the provider asks for, else it grows by the multiplier.</summary>
public sealed class RetryOptions
{
    /// <summary>Attempts in all, the first included: 1 to 10.</summary>
    public int MaxAttempts { get; set; } = 3;

    public TimeSpan InitialBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>1 to 10.</summary>
    public double BackoffMultiplier { get; set; } = 2;

    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>0 to 1; decides how far below the whole backoff a wait begins.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;
}

/// <summary>When calls are no longer sent because the provider is down.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>So many failures in a row open it.</summary>
    public int FailureThreshold { get; set; } = 5;

    /// <summary>How long nothing is sent.</summary>
    public TimeSpan OpenDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>So many calls are let through then. It closes when all of them succeed, and opens again when one fails.</summary>
    public int HalfOpenMaxAttempts { get; set; } = 2;
}

/// <summary>How long one attempt may take, and a call with all of its attempts.</summary>
public sealed class TimeoutOptions
{
    private const int TotalInAttempts = 3;

    private TimeSpan? _total;

    /// <summary>For one attempt, until its whole body is read.</summary>
    public TimeSpan Attempt { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For everything: all attempts and the waits between them. Three times an attempt's unless it is set.</summary>
    public TimeSpan Total
    {
        get => _total ?? Attempt * TotalInAttempts;
        set => _total = value;
    }
}

/// <summary>How many of the last minute's calls may be repeated: what bounds the load on a provider that is failing.</summary>
public sealed class RetryBudgetOptions
{
    /// <summary>Repetitions per call, 0 to 1.</summary>
    public double Share { get; set; } = 0.2;

    /// <summary>So many are allowed however few calls there are.</summary>
    public int AtLeastPerMinute { get; set; } = 10;
}
