using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>The folder (0700) of one DCP run: its key, kubeconfig and logs. DCP deletes it when it ends.</summary>
internal sealed class DcpSession
{
    private DcpSession(string folder) => Folder = folder;

    public string Folder { get; }

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public string CertificateFile => Path.Combine(Folder, "tls.crt");

    public string KeyFile => Path.Combine(Folder, "tls.key");

    /// <summary>Holding the state folder's lock means that every older session is over, even one that was killed.</summary>
    public static DcpSession Create(string stateFolder)
    {
        var sessions = Path.Combine(stateFolder, "dcp");
        if (Directory.Exists(sessions))
            Directory.Delete(sessions, recursive: true);

        var folder = Path.Combine(sessions, Guid.NewGuid().ToString("N")[..8]);
        UserFolders.CreatePrivate(sessions);
        UserFolders.CreatePrivate(folder);
        return new(folder);
    }
}
