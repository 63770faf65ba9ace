using HotDash.Integrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>
/// Has providers tell us what we need, also when they dropped it, and reads what they did not tell us. First they tell again, then it is
/// read: nothing falls in between. May be done twice.
/// </summary>
internal sealed partial class SubscriptionWatch(
    IEnumerable<ISubscriptions> providers, SubscriptionBook book, WebhookSilence silence, WebhookBackfill backfill, IOptions<WebhookOptions> options,
    ILogger<SubscriptionWatch> logger)
{
    /// <summary>By how much the provider's clock may be behind ours.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <exception cref="IntegrationException">The provider failed; what was missed is still to be read.</exception>
    public async Task LookAsync(string source, CancellationToken ct)
    {
        var provider = providers.Single(known => known.Source == source);
        if (options.Value.AddressOf(source) is not { } address || provider.Integration.State is not IntegrationState.Live)
            return;

        await SubscribeAsync(provider, address, ct);
        if (await book.MissedSinceAsync(source, ct) is { } since)
            await FillAsync(provider, since, ct);
    }

    private async Task SubscribeAsync(ISubscriptions provider, Uri address, CancellationToken ct)
    {
        var told = await provider.ListAsync(address, ct);
        List<string> missing = [.. NeededTopics.BySource[provider.Source].Except(told, StringComparer.Ordinal)];
        await book.MissedAsync(provider.Source, missing, await SilentSinceAsync(provider.Source, ct), ct);

        if (missing.Count > 0)
        {
            LogMissing(provider.Source, string.Join(", ", missing));
            await provider.AddAsync(missing, address, ct);
            told = await provider.ListAsync(address, ct);
        }

        await book.SeenAsync(provider.Source, told, ct);
    }

    private async Task<DateTimeOffset?> SilentSinceAsync(string source, CancellationToken ct) => (await silence.LookAsync(ct))
        .Where(topic => topic.Source == source && topic.TooLong).Min(topic => topic.LastDelivery);

    private async Task FillAsync(ISubscriptions provider, DateTimeOffset since, CancellationToken ct)
    {
        var count = 0;
        await foreach (var page in provider.ReadAsync(since - Margin, ct))
            count += await backfill.KeepAsync(provider.Source, page, ct);

        await book.FilledAsync(provider.Source, ct);
        LogFilled(provider.Source, since, count);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source} does not tell us {Topics}: it is asked to.")]
    private partial void LogMissing(string source, string topics);

    [LoggerMessage(Level = LogLevel.Information, Message = "What {Source} may not have told since {Since} was read: {Count} events.")]
    private partial void LogFilled(string source, DateTimeOffset since, int count);
}
