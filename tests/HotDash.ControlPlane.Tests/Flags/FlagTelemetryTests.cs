using HotDash.ControlPlane.Flags;
using HotDash.TestKit;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class FlagTelemetryTests : IDisposable
{
    private readonly LogSink _logs = new();

    [Fact]
    public void An_evaluation_is_told_as_the_conventions_say_and_without_the_user()
    {
        var board = Board(every: 1);

        board.Evaluate("publer_live", "user-canary");
        board.Evaluate("nothing-canary", "user-canary");

        var line = Assert.Single(_logs.Lines);
        foreach (var attribute in (string[])["feature_flag.key=publer_live", "feature_flag.provider.name=hotdash", "feature_flag.result.variant=off", "feature_flag.result.reason=static", "feature_flag.version=1"])
            Assert.Contains(attribute, line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_many_is_told()
    {
        var board = Board(every: 64);

        for (var i = 0; i < 640; i++)
            board.Evaluate("publer_live");

        Assert.Equal(10, _logs.Lines.Count);
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var board = Board(every: 1 << 30);
        var flag = Compiled.Of(flag => flag with { Enabled = true, RolloutPercent = new(50_000), AllowedCohorts = ["internal", "beta"] });
        Evaluate(board, flag, times: 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Evaluate(board, flag, times: 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Dispose() => _logs.Dispose();

    private static void Evaluate(FlagBoard board, CompiledFlag split, int times)
    {
        for (var i = 0; i < times; i++)
        {
            board.Evaluate("publer_live", "user-1", "premium");
            split.Decide("user-1", "premium", TimeProvider.System);
        }
    }

    private FlagBoard Board(uint every) => new(FlagVariablesTests.Read(), new(new LoggerFactory([_logs]).CreateLogger<FlagTelemetry>(), every), TimeProvider.System);
}
