using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HotDash.Integrations.Chatwoot;

public static class ChatwootRegistration
{
    /// <summary>Adds <see cref="ChatwootClient"/>, <see cref="ChatwootOptions"/> and what sends dead letters again.</summary>
    public static IServiceCollection AddChatwoot(this IServiceCollection services, Attempts attempts = Attempts.Several)
    {
        services.TryAddEnumerable(ServiceDescriptor.Transient<IReplayable, ChatwootReplays>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IGuardedOperation, ChatwootReplyOperation>());
        return services.AddIntegration<ChatwootClient, ChatwootOptions>("chatwoot", attempts, Protect)
            .AddProbe<ChatwootClient>("chatwoot", "Chatwoot health endpoint OK", "Chatwoot health endpoint failing", (chatwoot, ct) => chatwoot.EnsureServerWorksAsync(ct))
            .AddProbe<ChatwootClient>("chatwoot", "API authentication successful", "API authentication failed", (chatwoot, ct) => chatwoot.EnsureMemberAsync(ct))
            .AddProbe<ChatwootClient>("chatwoot", "Can fetch conversations", "Cannot fetch conversations", (chatwoot, ct) => chatwoot.ListConversationsAsync(new(), 1, ct));
    }

    // Our own budget: what a server takes is up to whoever runs it (3000 a minute and address as it comes).
    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(10, TimeSpan.FromSeconds(1));
}
