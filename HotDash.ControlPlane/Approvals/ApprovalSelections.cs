using System.Security.Cryptography;
using System.Text;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Decides about many at once: exactly about those that somebody has seen.</summary>
public sealed class ApprovalSelections(NpgsqlDataSource store, ApprovalStore approvals)
{
    public const int Max = 500;

    /// <summary>Those that wait for a decision now.</summary>
    public async Task<ApprovalSelection> SelectAsync(ApprovalFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var chosen = await store.QueryAsync<(Guid Id, string Hash)>(
            $"select id, hash from approvals where {ApprovalFilter.Sql} and state = 'pending' and expires_at > hotdash_now() order by id limit @take",
            filter.Parameters(new { take = Max + 1 }), ct);

        return new([.. chosen]);
    }

    /// <returns>How many were decided, and why the others were not.</returns>
    public async Task<BulkDecision> DecideAsync(ApprovalSelection selection, string by, string? rejectedReason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var (decided, refused) = (0, new List<RefusedDecision>());
        foreach (var (id, hash) in selection.Actions)
        {
            try
            {
                _ = rejectedReason is null ? await approvals.ApproveAsync(id, hash, by, ct) : await approvals.RejectAsync(id, hash, rejectedReason, by, ct);
                decided++;
            }
            catch (ApprovalRefusedException e)
            {
                refused.Add(new(id, e.Message));
            }
        }

        return new(decided, refused);
    }
}

/// <summary>Actions with their hashes, in the order of their ids.</summary>
public sealed class ApprovalSelection(IReadOnlyList<(Guid Id, string Hash)> actions)
{
    public IReadOnlyList<(Guid Id, string Hash)> Actions => actions;

    /// <summary>Stands for all of it: one more, one less or one changed makes another. SHA-256 in hex over the lines <c>id hash</c>.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(actions.Select(action => $"{action.Id} {action.Hash}\n")))));
}

/// <param name="Refused">What was changed or decided meanwhile, and the caller's own.</param>
public sealed record BulkDecision(int Decided, IReadOnlyList<RefusedDecision> Refused);

/// <summary>An approval that was not decided about.</summary>
public sealed record RefusedDecision(Guid Id, string Reason);
