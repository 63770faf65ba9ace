using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace HotDash.Proxy.Limits;

/// <summary>Every request counts against its address; one with a verified key also against that key.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<VerifiedKeys>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<ProxyOptions>, VerifiedKeys>((limiter, options, keys) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = SayWhenToReturn;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                ByAddress(options.Value),
                ByKey(options.Value.RateLimits.Key, keys));
        });
    }

    private static PartitionedRateLimiter<HttpContext> ByAddress(ProxyOptions options) =>
        PartitionedRateLimiter.Create<HttpContext, Source>(context =>
        {
            var source = new Source(ClientAddress.Of(context), Webhooks.Are(context));

            return options.IsManagement(context.Connection)
                ? RateLimitPartition.GetNoLimiter(source)
                : Bucket(source, source.Webhooks ? options.RateLimits.Webhooks : options.RateLimits.Address);
        });

    private static PartitionedRateLimiter<HttpContext> ByKey(RateLimit limit, VerifiedKeys keys) =>
        PartitionedRateLimiter.Create<HttpContext, Guid>(context =>
            !Webhooks.Are(context) && keys.Find(context) is { } key
                ? Bucket(key, limit)
                : RateLimitPartition.GetNoLimiter(Guid.Empty));

    private static RateLimitPartition<TKey> Bucket<TKey>(TKey key, RateLimit limit) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => limit.ToTokenBucket());

    private static ValueTask SayWhenToReturn(OnRejectedContext rejected, CancellationToken ct)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        return ValueTask.CompletedTask;
    }

    private readonly record struct Source(IPAddress Address, bool Webhooks);
}
