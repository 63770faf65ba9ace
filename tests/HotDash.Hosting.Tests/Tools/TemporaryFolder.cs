namespace HotDash.Hosting.Tests.Tools;

/// <summary>A folder for one test; its path has a space, as the paths of some people have.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hotdash test ").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
