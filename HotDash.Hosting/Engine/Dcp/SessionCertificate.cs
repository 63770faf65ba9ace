using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>The certificate of one DCP session. DCP would make RSA keys of its own, which takes it seconds.</summary>
internal static class SessionCertificate
{
    /// <returns>The certificate, to be pinned by the client.</returns>
    public static byte[] Write(string certificateFile, string keyFile, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=hotdash-dcp", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));

        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddYears(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());

        return certificate.RawData;
    }
}
