using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Pauses;

/// <summary>A pause as people see it.</summary>
/// <param name="Failure">The code that most calls failed with; null when a person disconnected the integration.</param>
/// <param name="ProbeAt">From then on one call may go, to see; null: only a person ends it.</param>
public sealed record PauseView(string Integration, string? Failure, string Reason, string PausedBy, DateTimeOffset PausedAt, DateTimeOffset? ProbeAt, int Probes)
{
    /// <summary>Whether a person disconnected the integration, rather than HotDash after many failures.</summary>
    public bool ByPerson => Failure is null;
}

/// <summary>Which integrations are paused, for the whole fleet.</summary>
public sealed class PauseStore(NpgsqlDataSource store)
{
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastProbe = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<PauseView>> ListAsync(CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select integration as Integration, failure as Failure, reason as Reason, paused_by as PausedBy, paused_at as PausedAt, probe_at as ProbeAt,
                   probes as Probes
            from integration_pauses order by integration
            """,
            null, ct);

        return [.. rows.Select(row => row.ToView())];
    }

    /// <summary>By a person: until a person ends it.</summary>
    public Task DisconnectAsync(string integration, string reason, string by, CancellationToken ct) => store.ExecuteAuditedAsync(
        DisconnectSql, new { integration, reason, by }, Change(integration, "disconnect", by, connected: false, reason), ct);

    /// <summary>In the caller's transaction.</summary>
    internal static async Task DisconnectAsync(NpgsqlTransaction transaction, string integration, string reason, string by, CancellationToken ct)
    {
        await transaction.ExecuteAsync(DisconnectSql, new { integration, reason, by }, ct);
        await transaction.AuditAsync(Change(integration, "disconnect", by, connected: false, reason), ct);
    }

    /// <summary>In the caller's transaction, ends a disconnection whose reason begins so; what was seen before it says nothing any more.</summary>
    internal static async Task ConnectAsync(NpgsqlTransaction transaction, string integration, string reason, string by, CancellationToken ct)
    {
        if (await transaction.ExecuteAsync(
                "delete from integration_pauses where integration = @integration and failure is null and starts_with(reason, @reason)", new { integration, reason }, ct) == 0)
            return;

        await transaction.ExecuteAsync("delete from integration_health where integration = @integration", new { integration }, ct);
        await transaction.AuditAsync(Change(integration, "connect", by, connected: true), ct);
    }

    /// <returns>False when it is not paused.</returns>
    public Task<bool> ResumeAsync(string integration, string by, CancellationToken ct) => store.ExecuteAuditedAsync(
        "delete from integration_pauses where integration = @integration", new { integration }, Change(integration, "connect", by, connected: true), ct);

    /// <summary>Since most of a burst of calls failed the same way: until a call succeeds, or a person ends it.</summary>
    /// <returns>False when it is paused already.</returns>
    internal Task<bool> PauseAsync(string integration, string failure, CancellationToken ct) => store.ExecuteAuditedAsync(
        """
        insert into integration_pauses (integration, failure, reason, paused_by, probe_at)
        values (@integration, @failure, @reason, 'HotDash', hotdash_now() + @FirstProbe)
        on conflict do nothing
        """,
        new { integration, failure, reason = $"most of its calls failed ({failure})", FirstProbe },
        Change(integration, "pause", AuditChange.HotDash, connected: false, $"most of its calls failed ({failure})"), ct);

    /// <summary>A call that went to see has succeeded. What a person paused stays so.</summary>
    internal Task<bool> RecoveredAsync(string integration, CancellationToken ct) => store.ExecuteAuditedAsync(
        "delete from integration_pauses where integration = @integration and probe_at is not null", new { integration },
        Change(integration, "resume", AuditChange.HotDash, connected: true, "a call succeeded"), ct);

    /// <summary>Of the whole fleet one call may go when its time has come; the next one waits twice as long.</summary>
    internal async Task<bool> TryProbeAsync(string integration, CancellationToken ct) => await store.ExecuteAsync(
        """
        update integration_pauses
        set probes = probes + 1, probe_at = hotdash_now() + least(@FirstProbe * power(2, least(probes + 1, 10)), @LastProbe)
        where integration = @integration and probe_at <= hotdash_now()
        """,
        new { integration, FirstProbe, LastProbe }, ct) == 1;

    /// <summary>Each pause with how long it lasts before a call may go to see; null: only a person ends it.</summary>
    internal Task<IReadOnlyList<(string Integration, string Reason, TimeSpan? Wait)>> ReadAsync(CancellationToken ct) => store.QueryAsync<(string, string, TimeSpan?)>(
        "select integration, reason, probe_at - hotdash_now() from integration_pauses", null, ct);

    private static AuditChange Change(string integration, string action, string by, bool connected, string? reason = null) =>
        new(AuditKinds.Integration, integration, action, by, After: new { connected }, Reason: reason);

    private const string DisconnectSql =
        """
        insert into integration_pauses (integration, reason, paused_by) values (@integration, @reason, @by)
        on conflict (integration) do update
        set failure = null, reason = excluded.reason, paused_by = excluded.paused_by, paused_at = excluded.paused_at, probe_at = null
        """;

    private sealed record Row(string Integration, string? Failure, string Reason, string PausedBy, DateTime PausedAt, DateTime? ProbeAt, int Probes)
    {
        public PauseView ToView() => new(Integration, Failure, Reason, PausedBy, new(PausedAt), ProbeAt.ToOffset(), Probes);
    }
}
