using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>Which integrations a flag switches, and how a rollout connects and disconnects them: in its own transaction.</summary>
internal sealed class RolloutIntegrations(IEnumerable<IntegrationOptions> integrations)
{
    public IReadOnlyList<IntegrationOptions> Of(string flag) => [.. integrations.Where(integration => integration.Flag == flag)];

    public async Task DisconnectAsync(NpgsqlTransaction transaction, string flag, string by, string reason, CancellationToken ct)
    {
        foreach (var integration in Of(flag))
            await PauseStore.DisconnectAsync(transaction, integration.Key, $"{Reason(flag)}: {reason}", by, ct);
    }

    /// <summary>Ends what a rollback of this flag began. What a person disconnected stays so.</summary>
    public async Task ConnectAsync(NpgsqlTransaction transaction, string flag, string by, CancellationToken ct)
    {
        foreach (var integration in Of(flag))
            await PauseStore.ConnectAsync(transaction, integration.Key, Reason(flag), by, ct);
    }

    /// <summary>Whether a rollback of this flag began it: starting again ends it.</summary>
    public static bool IsOurs(PauseView? pause, string flag) => pause is { ByPerson: true } && pause.Reason.StartsWith(Reason(flag), StringComparison.Ordinal);

    private static string Reason(string flag) => $"the rollout of {flag} was rolled back";
}
