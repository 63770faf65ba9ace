using System.Text;

namespace HotDash.ControlPlane.Audit;

/// <summary>The checkpoints of one log: a file that is only ever added to, outside the database.</summary>
internal sealed class CheckpointFile(string folder, Guid log)
{
    private const int Tail = 4096; // several lines long

    public string Path { get; } = System.IO.Path.Combine(folder, $"{log}.jsonl");

    /// <summary>When this returns, it is on the disk.</summary>
    public void Append(Checkpoint checkpoint)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var torn = Read(1) is not ("" or "\n"); // a process died while it wrote
        using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes($"{(torn ? "\n" : "")}{checkpoint.ToLine()}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <returns>Null when there is none.</returns>
    public Checkpoint? Last() => Read(Tail).Split('\n').Reverse().Select(Checkpoint.TryParse).FirstOrDefault(checkpoint => checkpoint is not null);

    /// <summary>In the order of writing; null for a line that cannot be read.</summary>
    public IEnumerable<Checkpoint?> All() => File.Exists(Path) ? File.ReadLines(Path).Where(line => line is not "").Select(Checkpoint.TryParse) : [];

    /// <summary>The last bytes.</summary>
    private string Read(int count)
    {
        if (!File.Exists(Path))
            return "";

        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(count, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
