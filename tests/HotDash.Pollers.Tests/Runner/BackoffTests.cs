using HotDash.Pollers.Runner;

namespace HotDash.Pollers.Tests.Runner;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(5, 0.5, 16)]
    [InlineData(10, 0.5, 512)]
    [InlineData(11, 0.5, 600)]
    [InlineData(1000, 0.5, 600)]
    [InlineData(3, 0, 3)]
    [InlineData(3, 1, 5)]
    public void The_wait_doubles_up_to_ten_minutes_and_is_spread_by_a_quarter(int attempt, double random, double seconds)
    {
        var wait = new Backoff(() => random).After(attempt);

        Assert.Equal(seconds, wait.TotalSeconds, 6);
    }
}
