using System.Security.Cryptography;
using System.Text.Json;

namespace HotDash.TestKit;

/// <summary>Key files of Google service accounts. They share one key: to think one up takes longer than most tests.</summary>
public static class ServiceAccount
{
    private static readonly string Key = Create();

    /// <summary>Writes a key file; answers its path.</summary>
    public static string Write(string path)
    {
        File.WriteAllText(path, JsonSerializer.Serialize(new { type = "service_account", client_email = "shop@project.example", private_key = Key }));
        return path;
    }

    private static string Create()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
