using HotDash.ControlPlane.Social;
using HotDash.Pollers.Jobs.Social;
using HotDash.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Tests.Jobs.Social;

public sealed class WatchPostsTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(4, false)]
    [InlineData(6, true)]
    public async Task Posts_that_are_late_are_told_of(int minutes, bool told)
    {
        await using var world = await SocialWorld.CreateAsync(postgres);
        await world.AcceptAsync("Hello");
        await world.PassAsync(TimeSpan.FromMinutes(minutes));
        using var logs = new LogSink();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));

        await new WatchPosts(world.Ledger, world.Outcomes, Options.Create(new SocialOptions()), factory.CreateLogger<WatchPosts>())
            .RunAsync(await world.ContextAsync(), TestContext.Current.CancellationToken);

        Assert.Equal(told, logs.Text.Contains("1 posts are unfinished", StringComparison.Ordinal));
    }
}
