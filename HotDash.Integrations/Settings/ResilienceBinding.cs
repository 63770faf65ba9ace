namespace HotDash.Integrations;

/// <summary>Puts configuration over what an integration has set itself, and refuses what makes no sense, whoever said it.</summary>
internal static class ResilienceBinding
{
    public static void Bind(this ResilienceOptions options, string key, IntegrationSettings settings)
    {
        options.RateLimit = settings.Limit(key, options.RateLimit);
        Bind(options.Retry, $"Integrations:{key}:Retry", settings);
        Bind(options.CircuitBreaker, $"Integrations:{key}:CircuitBreaker", settings);
        Bind(options.Timeouts, $"Integrations:{key}:Timeouts", settings);
        Bind(options.RetryBudget, $"Integrations:{key}:RetryBudget", settings);
    }

    private static void Bind(RetryOptions retry, string section, IntegrationSettings settings)
    {
        retry.MaxAttempts = settings.Count($"{section}:MaxAttempts", retry.MaxAttempts, 1, 10);
        retry.InitialBackoff = settings.Time($"{section}:InitialBackoff", retry.InitialBackoff);
        retry.BackoffMultiplier = settings.Number($"{section}:BackoffMultiplier", retry.BackoffMultiplier, 1, 10);
        retry.MaxBackoff = settings.Time($"{section}:MaxBackoff", retry.MaxBackoff);
        if (retry.MaxBackoff < retry.InitialBackoff)
            throw IntegrationSettings.Refuse($"{section}:MaxBackoff", "must not be shorter than InitialBackoff");
    }

    private static void Bind(CircuitBreakerOptions breaker, string section, IntegrationSettings settings)
    {
        breaker.FailureThreshold = settings.Count($"{section}:FailureThreshold", breaker.FailureThreshold, 1, 1000);
        breaker.OpenDuration = settings.Time($"{section}:OpenDuration", breaker.OpenDuration);
        breaker.HalfOpenMaxAttempts = settings.Count($"{section}:HalfOpenMaxAttempts", breaker.HalfOpenMaxAttempts, 1, 100);
    }

    private static void Bind(TimeoutOptions timeouts, string section, IntegrationSettings settings)
    {
        timeouts.Attempt = settings.Time($"{section}:Attempt", timeouts.Attempt);
        if (settings.Text($"{section}:Total") is not null)
            timeouts.Total = settings.Time($"{section}:Total", timeouts.Total);
        if (timeouts.Total < timeouts.Attempt)
            throw IntegrationSettings.Refuse($"{section}:Total", "must not be shorter than Attempt");
    }

    private static void Bind(RetryBudgetOptions budget, string section, IntegrationSettings settings)
    {
        budget.Share = settings.Number($"{section}:Share", budget.Share, 0, 1);
        budget.AtLeastPerMinute = settings.Count($"{section}:AtLeastPerMinute", budget.AtLeastPerMinute, 0, 100_000);
    }
}
