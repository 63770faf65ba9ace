using Aspire.Hosting;
using Aspire.Hosting.State;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;

namespace HotDash.Hosting.Tests.State;

public sealed class AppHostStateTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_generated_value_is_made_once_and_is_there_in_the_next_run()
    {
        using (var first = Open())
        {
            Assert.Equal("made", first.GetOrAddParameter("key", () => "made"));
        }

        using var second = Open();

        Assert.Equal("made", second.GetOrAddParameter("key", () => "made again"));
        Assert.Equal("other", second.GetOrAddParameter("another", () => "other"));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        using var state = Open();
        state.GetOrAddParameter("key", () => "made");

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(state.Folder));
        Assert.All(Directory.EnumerateFiles(state.Folder), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_second_AppHost_is_refused_and_told_which_process_is_the_first()
    {
        using var first = Open();

        var refusal = Assert.Throws<DistributedApplicationException>(Open);

        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--HotDash:StateFolder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_AppHost_left_does_not_stop_the_next_one()
    {
        Directory.CreateDirectory(_folder["state"]);
        File.WriteAllText(_folder["state/lock"], "");
        File.WriteAllText(_folder["state/apphost.pid"], "1");

        using var state = Open();

        Assert.Equal($"{Environment.ProcessId}", File.ReadAllText(_folder["state/apphost.pid"]));
    }

    [Fact]
    public void A_folder_of_something_else_is_left_as_it_is()
    {
        Directory.CreateDirectory(_folder["state"]);
        File.WriteAllText(_folder["state/thesis.tex"], "");
        var before = File.GetUnixFileMode(_folder["state"]);

        Assert.Throws<DistributedApplicationException>(Open);

        Assert.Equal(before, File.GetUnixFileMode(_folder["state"]));
    }

    [Fact]
    public void A_damaged_file_is_named_together_with_what_to_do()
    {
        using var state = Open();
        File.WriteAllText(_folder["state/parameters.json"], "{");

        var complaint = Assert.Throws<DistributedApplicationException>(() => state.GetOrAddParameter("key", () => "made"));

        Assert.Contains("parameters.json", complaint.Message, StringComparison.Ordinal);
    }

    private AppHostState Open() => AppHostState.Open("/srv/HotDash.AppHost/HotDash.AppHost.csproj", new ConfigurationBuilder()
        .AddInMemoryCollection([new("HotDash:StateFolder", _folder["state"])])
        .Build());
}
