namespace HotDash.Sandbox.Ledger;

/// <summary>Notes every call that a provider answered with 4xx, or refused at 200 as GraphQL does. Injected faults never get this far.</summary>
internal sealed class ViolationMiddleware(IEnumerable<IProvider> providers, ViolationBook violations, TimeProvider clock) : IMiddleware
{
    private const string Reason = "sandbox.reason";

    /// <summary>Says in the provider's words why the call is refused.</summary>
    public static void Explain(HttpContext context, string reason) => context.Items[Reason] = reason;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);

        var status = context.Response.StatusCode;
        if ((status is >= 400 and < 500 || context.Items.ContainsKey(Reason)) && context.ProviderIn(providers) is { } provider)
        {
            var request = context.Request;
            violations.Add(new(clock.GetUtcNow(), provider.Key, request.Method, request.Path, status,
                context.Items[Reason] as string, request.Headers.TraceParent));
        }
    }
}
