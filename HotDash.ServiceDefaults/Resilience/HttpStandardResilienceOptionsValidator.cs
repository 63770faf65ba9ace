using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

internal sealed class HttpStandardResilienceOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        string[] failures = [.. Ranges(options), .. Proportions(options)];

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures.Select(f => $"{name}: {f}"));
    }

    private static IEnumerable<string> Ranges(HttpStandardResilienceOptions options)
    {
        (string Layer, object Options)[] layers =
        [
            (nameof(options.RateLimiter), options.RateLimiter),
            (nameof(options.TotalRequestTimeout), options.TotalRequestTimeout),
            (nameof(options.Retry), options.Retry),
            (nameof(options.CircuitBreaker), options.CircuitBreaker),
            (nameof(options.AttemptTimeout), options.AttemptTimeout),
        ];

        foreach (var (layer, settings) in layers)
        {
            List<ValidationResult> results = [];
            Validator.TryValidateObject(settings, new(settings), results, validateAllProperties: true);

            foreach (var result in results)
            {
                yield return $"{layer}: {result.ErrorMessage}";
            }
        }
    }

    private static IEnumerable<string> Proportions(HttpStandardResilienceOptions options)
    {
        var (total, attempt) = (options.TotalRequestTimeout.Timeout, options.AttemptTimeout.Timeout);

        if (options.RateLimiter.DefaultRateLimiterOptions is { PermitLimit: < 1 } or { QueueLimit: < 0 })
        {
            yield return "RateLimiter.DefaultRateLimiterOptions needs a PermitLimit of at least 1 and a QueueLimit of at least 0.";
        }

        if (attempt > total)
        {
            yield return $"AttemptTimeout ({attempt}) must not exceed TotalRequestTimeout ({total}).";
        }

        if (options.CircuitBreaker.SamplingDuration < 2 * attempt)
        {
            yield return $"CircuitBreaker.SamplingDuration ({options.CircuitBreaker.SamplingDuration}) must be at least twice " +
                         $"AttemptTimeout ({attempt}), or failed attempts leave the sample before they count.";
        }
    }
}
