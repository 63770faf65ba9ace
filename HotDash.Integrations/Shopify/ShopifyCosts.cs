using System.Collections.Concurrent;
using System.Text.Json;

namespace HotDash.Integrations.Shopify;

/// <summary>
/// Points, of which Shopify gives a bucket that fills at a steady rate. What a query asks for depends on its page size alone, so each
/// reply teaches what the next call costs. https://shopify.dev/docs/api/usage/limits
/// </summary>
internal sealed class ShopifyCosts
{
    private static readonly HttpRequestOptionsKey<(ShopifyOperation Operation, int First)> Asked = new("HotDash.Shopify.Asked");

    private readonly ConcurrentDictionary<(string Operation, int First), int> _known = new();

    public int Of(ShopifyOperation operation, int first) =>
        _known.TryGetValue((operation.Name, first), out var points) ? points : operation.Estimate(first);

    public static void Remember(HttpRequestMessage request, ShopifyOperation operation, int first) => request.Options.Set(Asked, (operation, first));

    /// <summary>A <see cref="ReplyReader"/>: a throttled, refused or failing call is a 200, too.</summary>
    public ReplyReading Read(HttpResponseMessage reply, DateTimeOffset now)
    {
        var standard = ReplyReading.Standard(reply, now);
        if (standard.Status is not 200 || Meaning(reply) is not { } meaning)
            return standard;

        if (meaning.Extensions?.Cost is { } cost)
            Learn(reply.RequestMessage, cost);

        return ShopifyErrors.Read(meaning);
    }

    private void Learn(HttpRequestMessage? request, QueryCost cost)
    {
        if (request is not null && request.Options.TryGetValue(Asked, out var asked) && cost.Requested is > 0 and < 1_000_000)
            _known[(asked.Operation.Name, asked.First)] = (int)Math.Ceiling(cost.Requested);
    }

    /// <returns>Null when the body is not what Shopify sends: whoever parses it will say so.</returns>
    private static ShopifyMeaning? Meaning(HttpResponseMessage reply)
    {
        try
        {
            return ShopifyMeaning.Of(ReplyBody.Of(reply).Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
