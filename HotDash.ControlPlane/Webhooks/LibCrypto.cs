using System.Runtime.InteropServices;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>OpenSSL, which .NET itself needs on Linux: .NET 10 has no Ed25519. https://docs.openssl.org/3.0/man7/Ed25519/</summary>
internal static partial class LibCrypto
{
    public const int Ed25519 = 1087;
    private const string Name = "libcrypto";

    private static readonly nint Library = Load();

    /// <summary>To be asked before anything else is called here: it finds the library. Older ones than 1.1.1 do not count.</summary>
    public static bool IsThere => Library is not 0;

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    public static partial Key NewPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    public static partial Context NewContext();

    /// <returns>1 when it is so; the hash must be 0 for Ed25519, which has its own.</returns>
    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    public static partial int BeginVerify(Context context, nint keyContext, nint hash, nint engine, Key key);

    /// <returns>1 when the signature is right; 0 or less when it is not.</returns>
    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    public static partial int Verify(Context context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> content, nuint contentLength);

    /// <summary>Of this thread: others that use OpenSSL would take what is left there for theirs.</summary>
    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    public static partial void ForgetErrors();

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, (name, _, _) => name is Name ? Library : 0);
        foreach (var file in Files())
        {
            if (NativeLibrary.TryLoad(file, out var library) && NativeLibrary.TryGetExport(library, "EVP_PKEY_new_raw_public_key", out _))
                return library;
        }

        return 0;
    }

    /// <summary>Names with a version: macOS ends a process that loads its own <c>libcrypto.dylib</c>.</summary>
    private static string[] Files() =>
        OperatingSystem.IsWindows() ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so.1.1"];

    internal sealed class Key() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle is 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    internal sealed class Context() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle is 0;

        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
