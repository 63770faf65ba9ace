using System.Runtime.InteropServices;

namespace Aspire.Hosting.Tools;

/// <summary>The few system calls that .NET has no name for.</summary>
internal static partial class Unix
{
    public const int SigInt = 2;
    public const int SigQuit = 3;

    public static bool IsRoot => !OperatingSystem.IsWindows() && GetEffectiveUserId() == 0;

    /// <summary>Who we are, also where the number has no name.</summary>
    public static string User => OperatingSystem.IsWindows() ? Environment.UserName : $"{GetEffectiveUserId()}";

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    /// <summary>The path without links in it, as the kernel names it; null when it does not exist.</summary>
    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial string? RealPath(string path, nint buffer);

    public static string? RealPath(string path) => RealPath(path, 0);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
