using Aspire.Hosting.Backchannel;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Backchannel;

public sealed class SocketPathTests
{
    private const string AppHost = "/srv/hotdash/HotDash.AppHost/HotDash.AppHost.csproj";

    [Fact]
    public void The_CLI_recognises_the_app_host_by_the_hash_of_its_path()
    {
        Assert.Equal("r64OoZQJv2w", SocketPath.IdOf(AppHost));
    }

    [Fact]
    public void Links_on_the_way_do_not_change_the_hash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege.");
        using var folder = TestFolder.Create();
        Directory.CreateDirectory(folder["real"]);
        File.WriteAllText(folder["real/App.csproj"], "");
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);

        Assert.Equal(SocketPath.IdOf(folder["real/App.csproj"]), SocketPath.IdOf(folder["link/App.csproj"]));
    }

    [Fact]
    public void The_socket_is_named_by_path_and_process()
    {
        var path = SocketPath.For(AppHost, "/home/me");

        Assert.Matches($@"^/home/me/\.aspire/cli/bch/r64OoZQJv2w[\w-]{{8}}\.{Environment.ProcessId}$", path);
    }

    [Fact]
    public void Without_a_home_or_with_a_very_long_one_there_is_no_socket()
    {
        Assert.Null(SocketPath.For(AppHost, ""));
        Assert.Null(SocketPath.For(AppHost, "/" + new string('h', 100)));
    }
}
