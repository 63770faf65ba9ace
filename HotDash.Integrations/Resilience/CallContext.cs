using Polly;

namespace HotDash.Integrations;

/// <summary>The call that the layers are at work on.</summary>
internal static class CallContext
{
    private static readonly ResiliencePropertyKey<ProviderCall> Key = new("HotDash.Call");

    public static void Begin(this ResilienceContext context, ProviderCall call) => context.Properties.Set(Key, call);

    public static ProviderCall Call(this ResilienceContext context) => context.Properties.GetValue(Key, null!);
}
