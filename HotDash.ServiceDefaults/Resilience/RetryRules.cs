using System.Net.Http.Json;
using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>What holds whatever <c>Retry.ShouldHandle</c> says: a repetition must be safe, possible and in time.</summary>
internal sealed class RetryRules(HttpStandardResilienceOptions options, TimeProvider clock)
{
    private readonly HttpRetryStrategyOptions _retry = options.Retry;

    public void Apply()
    {
        var asked = _retry.ShouldHandle;
        _retry.ShouldHandle = args => MayRepeat(args) ? asked(args) : ValueTask.FromResult(false);

        if (_retry.ShouldRetryAfterHeader)
        {
            var own = _retry.DelayGenerator;
            _retry.DelayGenerator = args => RetryAfter(args.Outcome.Result) is { } wait
                ? ValueTask.FromResult<TimeSpan?>(wait)
                : own?.Invoke(args) ?? ValueTask.FromResult<TimeSpan?>(null);
        }
    }

    private bool MayRepeat(RetryPredicateArguments<HttpResponseMessage> args)
    {
        // A success is by far the most common outcome; it needs none of the questions below.
        if (args.Outcome.Result is { IsSuccessStatusCode: true })
        {
            return false;
        }

        return args.Context.GetRequestMessage() is not { } request ||
               (IsSafe(request) && IsReplayable(request.Content) && IsInTime(args));
    }

    private bool IsSafe(HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(HttpRetryStrategyOptions.AllowRetry, out var allowed))
        {
            return allowed;
        }

        // https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2; anything not listed there is taken for a POST.
        return _retry.RetryNonIdempotentMethods || request.Method.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";
    }

    private static bool IsReplayable(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent => true,
        MultipartContent parts => parts.All(IsReplayable),
        _ => false,
    };

    private bool IsInTime(RetryPredicateArguments<HttpResponseMessage> args)
    {
        if (!_retry.ShouldRetryAfterHeader || RetryAfter(args.Outcome.Result) is not { } wait)
        {
            return true;
        }

        var left = options.TotalRequestTimeout.Timeout - clock.GetElapsedTime(args.Context.GetStarted());

        return wait < left;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var wait = response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };

        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
