using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Asking<SubscriptionsVariables>))]
[JsonSerializable(typeof(Asking<SubscribeVariables>))]
[JsonSerializable(typeof(Reply<SubscriptionsData>))]
[JsonSerializable(typeof(Reply<SubscribeData>))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;

internal sealed record Asking<TVariables>([property: JsonPropertyName("query")] string Document, TVariables Variables);

internal sealed record SubscriptionsVariables(int First, string? After, string Uri);

internal sealed record SubscribeVariables(string Topic, SubscriptionInput Subscription);

internal sealed record SubscriptionInput(string Uri);

internal sealed record SubscriptionsData(Connection<SubscriptionNode> WebhookSubscriptions);

internal sealed record SubscriptionNode(string Id, string Topic, string Uri);

internal sealed record SubscribeData(SubscribePayload WebhookSubscriptionCreate);

internal sealed record SubscribePayload(IReadOnlyList<SubscribeError> UserErrors);

internal sealed record SubscribeError(string Message);
