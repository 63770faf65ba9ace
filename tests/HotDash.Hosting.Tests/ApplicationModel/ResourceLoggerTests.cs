using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace HotDash.Hosting.Tests.ApplicationModel;

public sealed class ResourceLoggerTests
{
    [Fact]
    public async Task A_watcher_gets_the_backlog_and_then_what_comes()
    {
        var loggers = new ResourceLoggerService(TimeProvider.System);
        var logger = loggers.GetLogger("api-1");
        logger.LogInformation("one");
        await using var reader = loggers.WatchAsync("api-1", TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        await reader.MoveNextAsync();
        Assert.EndsWith("Z one", Assert.Single(reader.Current).Content, StringComparison.Ordinal);

        logger.LogError("two");
        await reader.MoveNextAsync();
        Assert.Equal((2, true), (reader.Current[0].LineNumber, reader.Current[0].IsErrorMessage));
    }

    [Fact]
    public void The_backlog_forgets_the_oldest_lines_and_keeps_counting()
    {
        var backlog = new LogBacklog(capacity: 3);

        foreach (var line in Enumerable.Range(1, 5))
        {
            backlog.Add($"{line}", isError: false);
        }

        Assert.Equal([3, 4, 5], backlog.ReadAfter(0).Lines.Select(l => l.LineNumber));
        Assert.Equal(["5"], backlog.ReadAfter(4).Lines.Select(l => l.Content));
        Assert.Empty(backlog.ReadAfter(5).Lines);
    }
}
