using Polly;

namespace HotDash.Integrations;

/// <summary>The call that the layers are at work on.</summary>
internal static class CallContext
{
    private static readonly ResiliencePropertyKey<ProviderRequest> Key = new("HotDash.Call");

    public static void Begin(this ResilienceContext context, ProviderRequest call) => context.Properties.Set(Key, call);

    public static ProviderRequest Call(this ResilienceContext context) => context.Properties.GetValue(Key, null!);
}
