using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.AlertWebhook;

public static class AlertWebhookRegistration
{
    /// <summary>Adds <see cref="AlertWebhookClient"/> and <see cref="AlertWebhookOptions"/>, if the configuration names a receiver.</summary>
    public static IServiceCollection AddAlertWebhook(this IServiceCollection services, IConfiguration configuration, Attempts attempts) =>
        string.IsNullOrWhiteSpace(configuration[AlertWebhookOptions.AddressName])
            ? services
            : services.AddIntegration<AlertWebhookClient, AlertWebhookOptions>("alert-webhook", attempts, resilience => resilience.ReadReply = AlertWebhookReplies.Read)
                .AddProbe<AlertWebhookClient>("alert-webhook", "Receiver answers", "Receiver does not answer", (receiver, ct) => receiver.LookAsync(ct));
}
