using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>How an integration's contract suite ended.</summary>
/// <param name="Build">Of which build: a commit, or a version.</param>
public sealed record ContractResult(string Integration, int Passed, int Failed, string Build);

/// <summary>The last results of the contract suites. Whoever runs them tells: HotDash does not run tests.</summary>
public sealed class ContractResults(NpgsqlDataSource store)
{
    public Task KeepAsync(ContractResult result, string by, CancellationToken ct) => store.ExecuteAuditedAsync(
        """
        insert into contract_results (integration, passed, failed, build, told_by) values (@Integration, @Passed, @Failed, @Build, @by)
        on conflict (integration) do update
        set passed = excluded.passed, failed = excluded.failed, build = excluded.build, told_by = excluded.told_by, at = excluded.at
        """,
        new { result.Integration, result.Passed, result.Failed, result.Build, by },
        new(AuditKinds.Integration, result.Integration, "tell-contract", by, After: result), ct);

    /// <returns>Null when nobody has told of one.</returns>
    public Task<ContractResult?> FindAsync(string integration, CancellationToken ct) => store.QueryFirstAsync<ContractResult>(
        "select integration as Integration, passed as Passed, failed as Failed, build as Build from contract_results where integration = @integration", new { integration }, ct);
}
