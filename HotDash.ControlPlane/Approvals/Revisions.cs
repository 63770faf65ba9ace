using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>What was to be sent, from the first wording on.</summary>
internal static class Revisions
{
    public static Task AddAsync(NpgsqlTransaction transaction, ActionVault vault, Approval approval, string author, byte[] bytes, CancellationToken ct) =>
        transaction.ExecuteAsync(
            """
            insert into approval_revisions (approval_id, revision, author, at, target_version, hash, bytes)
            values (@Id, @Revision, @author, hotdash_now(), @TargetVersion, @Hash, @bytes)
            """,
            new { approval.Id, approval.Revision, author, approval.TargetVersion, approval.Hash, bytes = vault.Seal(approval.Id, approval.Revision, bytes) }, ct);

    /// <returns>Null when they cannot be opened, or are not those of the hash.</returns>
    public static async Task<byte[]?> BytesAsync(NpgsqlTransaction transaction, ActionVault vault, Approval approval, CancellationToken ct)
    {
        var box = await transaction.QueryFirstAsync<byte[]>(
            "select bytes from approval_revisions where approval_id = @Id and revision = @Revision", new { approval.Id, approval.Revision }, ct);

        return box is not null && vault.Open(approval.Id, approval.Revision, box) is { } bytes && Hash(approval, bytes) == approval.Hash ? bytes : null;
    }

    public static string Hash(Approval approval, ReadOnlySpan<byte> bytes) =>
        ActionHash.Of(approval.Kind, approval.Account, approval.Target, approval.TargetVersion, bytes);
}
