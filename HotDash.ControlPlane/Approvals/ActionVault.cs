using System.Text;
using HotDash.ControlPlane.DataProtection;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Seals what is to be sent. A seal is the revision's own: what is copied to another row does not open there.</summary>
public sealed class ActionVault(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.Approvals");

    internal byte[] Seal(Guid id, int revision, ReadOnlySpan<byte> bytes) => Of($"{id}/{revision}").Protect(bytes.ToArray());

    /// <returns>Null when it was sealed with a key that is gone, or altered.</returns>
    internal byte[]? Open(Guid id, int revision, byte[] box) => Of($"{id}/{revision}").TryUnprotect(box);

    internal byte[] SealResult(Guid id, string result) => Of($"{id}/result").Protect(Encoding.UTF8.GetBytes(result));

    internal string? OpenResult(Guid id, byte[]? box) => box is not null && Of($"{id}/result").TryUnprotect(box) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    internal byte[]? SealComment(Guid id, string grader, string? comment) => comment is null ? null : Of($"{id}/grade/{grader}").Protect(Encoding.UTF8.GetBytes(comment));

    internal string? OpenComment(Guid id, string grader, byte[]? box) =>
        box is not null && Of($"{id}/grade/{grader}").TryUnprotect(box) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private IDataProtector Of(string purpose) => _protector.CreateProtector(purpose);
}
