using Aspire.Hosting.Tools;

namespace HotDash.Hosting.Tests.Tools;

public sealed class PathNameTests
{
    [Fact]
    public void Two_clones_have_two_names_and_both_can_be_recognised()
    {
        var one = PathName.Of("/one/HotDash.AppHost/HotDash.AppHost.csproj");
        var two = PathName.Of("/two/HotDash.AppHost/HotDash.AppHost.csproj");

        Assert.NotEqual(one, two);
        Assert.StartsWith("HotDash.AppHost-", one, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_place_has_one_name() =>
        Assert.Equal(PathName.Of("/one/state"), PathName.Of("/one/./two/../state/"));
}
