using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Shopify.GraphQl;
using HotDash.Sandbox.Shopify.Mutations;

namespace HotDash.Sandbox.Shopify;

/// <summary>What is in the shop, read and changed by one request at a time.</summary>
internal sealed class Shop
{
    private readonly Lock gate = new();
    private readonly ShopSubscriptions subscriptions;
    private readonly ShopQuery queries;
    private readonly ShopMutations mutations;

    public Shop(ShopSeed seed, EffectLedger ledger, TimeProvider clock)
    {
        subscriptions = new(ledger, clock);
        (queries, mutations) = (new(seed, subscriptions), new(seed, subscriptions, gate, ledger, clock));
    }

    public (JsonObject Data, int Cost) Answer(IEnumerable<Selection> fields)
    {
        lock (gate)
            return queries.Answer(fields);
    }

    /// <inheritdoc cref="ShopSubscriptions.Addresses"/>
    public IReadOnlyList<Uri> Listeners(string topic)
    {
        lock (gate)
            return subscriptions.Addresses(topic);
    }

    public void DropSubscriptions()
    {
        lock (gate)
            subscriptions.Clear();
    }

    /// <inheritdoc cref="ShopMutations.AnswerAsync"/>
    public Task<JsonObject> ChangeAsync(Mutation mutation, TimeSpan lasts) => mutations.AnswerAsync(mutation, lasts);
}
