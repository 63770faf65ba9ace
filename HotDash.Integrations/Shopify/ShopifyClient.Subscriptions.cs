using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Shopify;

/// <summary>What the shop tells us by webhooks. https://shopify.dev/docs/apps/build/webhooks/subscribe</summary>
public sealed partial class ShopifyClient
{
    /// <summary>The topics that an address is told, as their deliveries name them: <c>orders/create</c>.</summary>
    public async Task<IReadOnlyList<string>> ListSubscriptionsAsync(Uri address, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        var subscriptions = await AllAsync(after => AskAsync(
            ShopifyOperation.Subscriptions, MaxPage, new(MaxPage, after, address.AbsoluteUri), SubscriptionJson.Default.AskingSubscriptionsVariables,
            SubscriptionJson.Default.ReplySubscriptionsData, data => data.WebhookSubscriptions.ToPage(node => node), ct));

        return [.. subscriptions.Where(known => known.Uri == address.AbsoluteUri).Select(known => ShopifyTopics.OfEnum(known.Topic))];
    }

    /// <exception cref="IntegrationException">With code <c>rejected</c>: the topic is there already, or may not be had.</exception>
    public async Task SubscribeAsync(string topic, Uri address, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        var refused = await AskAsync(
            ShopifyOperation.Subscribe, 1, new(ShopifyTopics.ToEnum(topic), new(address.AbsoluteUri)), SubscriptionJson.Default.AskingSubscribeVariables,
            SubscriptionJson.Default.ReplySubscribeData, data => data.WebhookSubscriptionCreate.UserErrors.Count > 0, ct);

        if (refused)
            throw new IntegrationException(options.Key, IntegrationCodes.Rejected, $"the subscription of {topic} was refused");
    }

    private async Task<T> AskAsync<TVariables, TData, T>(
        ShopifyOperation operation, int first, TVariables variables, JsonTypeInfo<Asking<TVariables>> question, JsonTypeInfo<Reply<TData>> shape,
        Func<TData, T> read, CancellationToken ct)
        where TData : class
    {
        using var request = new ProviderRequest(HttpMethod.Post, options.Endpoint) { Content = JsonBody.Of(new Asking<TVariables>(operation.Document, variables), question) };
        ShopifyCosts.Remember(request, operation, first);

        return await provider.ReadAsync(
            operation.Name, request.Costs(Points(operation, first)), shape, reply => read(reply.Data ?? throw new UnreadableReplyException("the reply has no data")), ct);
    }
}
