using System.Security.Cryptography;
using HotDash.ControlPlane.DataProtection;
using HotDash.ControlPlane.Store;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Seals bodies for the store. A seal is the event's own: what is copied to another row does not open there.</summary>
public sealed class WebhookVault(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.Webhooks");

    /// <exception cref="Exception">There is no data-protection key: the migrations run makes it.</exception>
    /// <exception cref="StoreUnavailableException">The keys, which are in the store, could not be read.</exception>
    public byte[] Seal(Guid eventId, byte[] body)
    {
        try
        {
            return _protector.CreateProtector(eventId.ToString()).Protect(body);
        }
        catch (CryptographicException e) when (e.IsOfStore())
        {
            throw new StoreUnavailableException(e);
        }
    }

    /// <returns>Null when it was sealed with a key that is gone, or altered.</returns>
    public byte[]? Open(Guid eventId, byte[] box) => _protector.CreateProtector(eventId.ToString()).TryUnprotect(box);
}
