using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.DataProtection;

internal static class Unsealing
{
    /// <returns>Null when it was sealed with a key that is gone, for another purpose, or altered.</returns>
    public static byte[]? TryUnprotect(this IDataProtector protector, byte[] box)
    {
        try
        {
            return protector.Unprotect(box);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
