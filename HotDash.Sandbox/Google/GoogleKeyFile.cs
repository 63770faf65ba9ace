using System.Security.Cryptography;
using System.Text.Json;

namespace HotDash.Sandbox.Google;

/// <summary>A service account's key in the shape in which Google's console hands it out.</summary>
internal sealed class GoogleKeyFile(string email, RSA? key) : IDisposable
{
    private const string NewAccount = "reader@sandbox.iam.example";

    public string Email { get; } = email;

    public void Dispose() => key?.Dispose();

    /// <param name="path">Made, for its owner's eyes only, when nothing is there. Null is an account without a key: nobody can sign for it.</param>
    public static GoogleKeyFile Open(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return new(NewAccount, null);

        return File.Exists(path) ? Read(path) : Make(path);
    }

    public bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        key is not null && key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static GoogleKeyFile Read(string path)
    {
        var file = JsonElement.Parse(File.ReadAllBytes(path));
        var key = RSA.Create();
        key.ImportFromPem(file.Text("private_key"));

        return new(file.Text("client_email")!, key);
    }

    private static GoogleKeyFile Make(string path)
    {
        var key = RSA.Create(2048);
        using var file = new FileStream(path, Private());
        JsonSerializer.Serialize(file, new
        {
            type = "service_account",
            project_id = "sandbox",
            private_key_id = "sandbox-1",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            client_email = NewAccount,
        });

        return new(NewAccount, key);
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return options;
    }
}
