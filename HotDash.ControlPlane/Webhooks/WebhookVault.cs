using HotDash.ControlPlane.DataProtection;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Seals bodies for the store. A seal is the event's own: what is copied to another row does not open there.</summary>
public sealed class WebhookVault(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.Webhooks");

    /// <exception cref="Exception">There is no data-protection key: the migrations run makes it.</exception>
    public byte[] Seal(Guid eventId, byte[] body) => _protector.CreateProtector(eventId.ToString()).Protect(body);

    /// <returns>Null when it was sealed with a key that is gone, or altered.</returns>
    public byte[]? Open(Guid eventId, byte[] box) => _protector.CreateProtector(eventId.ToString()).TryUnprotect(box);
}
