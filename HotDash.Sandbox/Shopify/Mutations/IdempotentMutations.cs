using System.Text.Json.Nodes;

using HotDash.Sandbox.Shopify.GraphQl;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>
/// Inventory changes by <c>@idempotent(key:)</c>: once for each key. https://shopify.dev/docs/api/usage/idempotent-requests
/// How Shopify words a missing key is nowhere described.
/// </summary>
internal sealed class IdempotentMutations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);

    /// <param name="work">Makes the change and answers.</param>
    public async Task<JsonObject> RunAsync(Mutation mutation, Func<Task<JsonObject>> work)
    {
        if (mutation.Key is not { } key)
        {
            return mutation.IsSince("2026-04")
                ? throw new GraphQlException("The @idempotent directive is required for this mutation but was not provided.", "BAD_REQUEST")
                : await work();
        }

        if (!mutation.IsSince("2026-01"))
            throw new GraphQlException("Directive @idempotent is not defined", "undefinedDirective", ("directiveName", "idempotent"));

        var arguments = new JsonObject(mutation.Field.Arguments.Select(argument => KeyValuePair.Create(argument.Key, argument.Value?.DeepClone())))
        {
            ["mutation"] = mutation.Field.Name,
        };
        if (Begin(key, arguments) is { } known)
            return Again(mutation, arguments, known);

        JsonObject? answer = null;
        try
        {
            answer = await work();
            return (JsonObject)answer.DeepClone();
        }
        finally
        {
            End(key, arguments, answer);
        }
    }

    /// <returns>What is known of the key; null when it is new, and under way from now on.</returns>
    private Attempt? Begin(string key, JsonObject arguments)
    {
        lock (_gate)
        {
            if (_attempts.TryGetValue(key, out var known))
                return known;

            _attempts[key] = new(arguments, Answer: null);
            return null;
        }
    }

    /// <summary>What was not understood has not used its key.</summary>
    private void End(string key, JsonObject arguments, JsonObject? answer)
    {
        lock (_gate)
        {
            if (answer is null)
                _attempts.Remove(key);
            else
                _attempts[key] = new(arguments, answer);
        }
    }

    private static JsonObject Again(Mutation mutation, JsonObject arguments, Attempt known) => known switch
    {
        _ when !JsonNode.DeepEquals(known.Arguments, arguments) => Refuse(mutation, "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The same idempotency key cannot be used with different operation parameters."),
        { Answer: null } => Refuse(mutation, "IDEMPOTENCY_CONCURRENT_REQUEST", "This request is currently in progress, please try again."),
        { Answer: var answer } when answer["userErrors"] is JsonArray { Count: > 0 } =>
            Refuse(mutation, "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "A previous request with this idempotency key failed. Retry with a new idempotency key."),
        { Answer: var answer } => (JsonObject)answer.DeepClone(),
    };

    private static JsonObject Refuse(Mutation mutation, string code, string message) => mutation.Payload([new(code, message)], ("inventoryAdjustmentGroup", null));

    private sealed record Attempt(JsonObject Arguments, JsonObject? Answer);
}
