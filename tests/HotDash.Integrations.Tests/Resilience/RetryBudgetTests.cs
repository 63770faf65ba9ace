using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class RetryBudgetTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(0, 10)]
    [InlineData(50, 10)]
    [InlineData(100, 20)]
    [InlineData(1000, 200)]
    public void A_fifth_of_the_calls_may_be_repeated_and_ten_in_any_case(int calls, int repeats)
    {
        var budget = Budget(calls);

        Assert.Equal(repeats, Granted(budget));
    }

    [Fact]
    public void After_a_minute_there_is_a_new_budget()
    {
        var budget = Budget(calls: 100);
        var first = Granted(budget);

        _clock.Advance(TimeSpan.FromSeconds(40));
        var early = Granted(budget);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var later = Granted(budget);

        Assert.Equal((20, 0, 10), (first, early, later));
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_there_is()
    {
        var budget = Budget(calls: 0);

        var granted = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(budget.TryTake)));

        Assert.Equal(10, granted.Count(yes => yes));
    }

    private RetryBudget Budget(int calls)
    {
        var budget = new RetryBudget(new(), _clock);
        for (var call = 0; call < calls; call++)
            budget.CountCall();

        return budget;
    }

    private static int Granted(RetryBudget budget)
    {
        var granted = 0;
        while (budget.TryTake())
            granted++;

        return granted;
    }
}
