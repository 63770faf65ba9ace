using System.Text;
using HotDash.ControlPlane.DataProtection;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.Support;

/// <summary>Seals what customers and agents say. A seal is the row's own: what is copied to another does not open there.</summary>
public sealed class SupportVault(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.Support");

    internal byte[] Seal(string row, string text) => _protector.CreateProtector(row).Protect(Encoding.UTF8.GetBytes(text));

    /// <returns>Null when it was sealed with a key that is gone, or altered.</returns>
    internal string? Open(string row, byte[] box) => _protector.CreateProtector(row).TryUnprotect(box) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
