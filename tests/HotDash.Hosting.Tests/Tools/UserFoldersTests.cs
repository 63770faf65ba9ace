using Aspire.Hosting;
using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Tools;

public sealed class UserFoldersTests
{
    [Fact]
    public void The_configured_folder_wins_over_home() =>
        Assert.Equal("/elsewhere", UserFolders.Choose("/elsewhere", "/home/me", ".cache"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not/absolute")]
    public void Home_is_used_when_nothing_usable_is_configured(string? configured) =>
        Assert.Equal("/home/me/.cache", UserFolders.Choose(configured, "/home/me", ".cache"));

    [Fact]
    public void Who_has_no_home_gets_a_private_folder_among_the_temporary_ones()
    {
        using var temporary = TestFolder.Create();

        var folder = UserFolders.Temporary(temporary.Path);

        Assert.StartsWith(temporary.Path, folder, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void A_link_that_someone_left_in_its_place_is_refused()
    {
        using var temporary = TestFolder.Create();
        Directory.CreateSymbolicLink(temporary[$"hotdash-{Unix.User}"], Directory.CreateDirectory(temporary["theirs"]).FullName);

        var refusal = Assert.Throws<DistributedApplicationException>(() => UserFolders.Temporary(temporary.Path));

        Assert.Contains("set HOME", refusal.Message, StringComparison.Ordinal);
    }
}
