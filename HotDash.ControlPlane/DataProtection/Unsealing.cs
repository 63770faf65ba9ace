using System.Security.Cryptography;
using HotDash.ControlPlane.Store;
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
        catch (CryptographicException e) when (!e.IsOfStore())
        {
            return null;
        }
    }

    /// <summary>Whether the keys could not be read, as opposed to what was sealed with them.</summary>
    public static bool IsOfStore(this CryptographicException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (StoreUnavailableException.IsCause(cause))
                return true;
        }

        return false;
    }
}
