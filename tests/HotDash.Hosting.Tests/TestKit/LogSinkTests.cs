using HotDash.TestKit;
using Microsoft.Extensions.Logging;

namespace HotDash.Hosting.Tests.TestKit;

public sealed class LogSinkTests
{
    [Fact]
    public void A_secret_is_seen_wherever_in_a_log_entry_it_hides()
    {
        using var sink = new LogSink();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(sink));
        var logger = factory.CreateLogger("test");

        using (logger.BeginScope("in {Scope}", "secret-1"))
        {
            logger.LogInformation("with {Field}", "secret-2");
        }

        logger.LogError(new InvalidOperationException("secret-3"), "failed");

        Assert.All((string[])["secret-1", "secret-2", "secret-3"], secret => Assert.Contains(secret, sink.Text, StringComparison.Ordinal));
    }
}
