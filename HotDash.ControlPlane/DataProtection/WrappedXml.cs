using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.DataProtection;

internal sealed class WrappedXmlEncryptor(WrappingKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var wrapped = key.Wrap(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(WrappedXmlDecryptor));
    }
}

/// <summary>Made by the data-protection system from its name in the stored XML: neither may be renamed.</summary>
internal sealed class WrappedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = services.GetRequiredService<WrappingKey>();
        return XElement.Parse(Encoding.UTF8.GetString(key.Unwrap(Convert.FromBase64String(encryptedElement.Value))));
    }
}
