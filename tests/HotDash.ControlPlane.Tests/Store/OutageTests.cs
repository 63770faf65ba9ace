using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Store;

public sealed class OutageTests
{
    private readonly Outage _outage = new("The test", TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task Work_that_is_cancelled_by_the_stop_ends_quietly_so_that_what_follows_is_done()
    {
        using var stop = new CancellationTokenSource();

        var done = await _outage.TryAsync(
            async () =>
            {
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            },
            stop.Token);

        Assert.False(done);
    }

    [Fact]
    public async Task Work_that_cancels_itself_is_a_mistake_of_its_own()
    {
        var work = _outage.TryAsync(() => throw new OperationCanceledException(), CancellationToken.None);

        await Assert.ThrowsAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_by_false()
    {
        using var stop = new CancellationTokenSource();

        var done = await _outage.TryAsync(
            async () =>
            {
                await stop.CancelAsync(); // or it would wait a moment
                throw new NpgsqlException("gone");
            },
            stop.Token);

        Assert.False(done);
    }
}
