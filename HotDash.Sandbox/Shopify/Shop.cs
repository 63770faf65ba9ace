using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Shopify.GraphQl;
using HotDash.Sandbox.Shopify.Mutations;

namespace HotDash.Sandbox.Shopify;

/// <summary>What is in the shop, read and changed by one request at a time.</summary>
internal sealed class Shop
{
    private readonly Lock _gate = new();
    private readonly ShopSubscriptions _subscriptions;
    private readonly ShopQuery _queries;
    private readonly ShopMutations _mutations;

    public Shop(ShopSeed seed, EffectLedger ledger, TimeProvider clock)
    {
        _subscriptions = new(ledger, clock);
        (_queries, _mutations) = (new(seed, _subscriptions), new(seed, _subscriptions, _gate, ledger, clock));
    }

    public (JsonObject Data, int Cost) Answer(IEnumerable<Selection> fields)
    {
        lock (_gate)
            return _queries.Answer(fields);
    }

    /// <inheritdoc cref="ShopSubscriptions.Addresses"/>
    public IReadOnlyList<Uri> Listeners(string topic)
    {
        lock (_gate)
            return _subscriptions.Addresses(topic);
    }

    public void DropSubscriptions()
    {
        lock (_gate)
            _subscriptions.Clear();
    }

    /// <inheritdoc cref="ShopMutations.AnswerAsync"/>
    public Task<JsonObject> ChangeAsync(Mutation mutation, TimeSpan lasts) => _mutations.AnswerAsync(mutation, lasts);
}
