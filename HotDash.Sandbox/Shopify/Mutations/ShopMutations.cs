using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Shopify.GraphQl;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>The fields at the root of a mutation.</summary>
internal sealed class ShopMutations(ShopSeed seed, ShopSubscriptions subscriptions, Lock gate, EffectLedger ledger, TimeProvider clock)
{
    private readonly IdempotentMutations _once = new();
    private readonly InventoryMutations _inventory = new(seed, ledger, clock);
    private readonly VariantMutations _variants = new(seed, ledger, clock);
    private readonly MetafieldMutations _metafields = new(seed, ledger, clock);

    /// <param name="lasts">How long a change of stock is under way.</param>
    public Task<JsonObject> AnswerAsync(Mutation mutation, TimeSpan lasts) => mutation.Field.Name switch
    {
        "inventoryAdjustQuantities" => OnceAsync(_inventory.Adjust, mutation, lasts),
        "inventorySetQuantities" => OnceAsync(_inventory.Set, mutation, lasts),
        "productVariantsBulkUpdate" => Task.FromResult(Now(_variants.Update, mutation)),
        "metafieldsSet" => Task.FromResult(Now(_metafields.Set, mutation)),
        "webhookSubscriptionCreate" => Task.FromResult(Now(subscriptions.Create, mutation)),
        var other => throw Execution.Undefined(other, "Mutation"),
    };

    private Task<JsonObject> OnceAsync(Func<Mutation, JsonObject> change, Mutation mutation, TimeSpan lasts) => _once.RunAsync(mutation, async () =>
    {
        if (lasts > TimeSpan.Zero)
            await Task.Delay(lasts, clock); // and whoever asked may be gone by then

        return Now(change, mutation);
    });

    private JsonObject Now(Func<Mutation, JsonObject> change, Mutation mutation)
    {
        lock (gate)
            return change(mutation);
    }
}
