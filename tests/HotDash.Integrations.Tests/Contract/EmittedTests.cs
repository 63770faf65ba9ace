using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;

using HotDash.TestKit;

using Microsoft.Extensions.Logging;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>The search for secrets finds what is planted, wherever that is.</summary>
public sealed class EmittedTests
{
    private const string Key = "planted-key/42";

    public static TheoryData<string> Places => new("log", "scope", "span", "span event", "metric", "exception", "base64", "address", "bytes");

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_key_is_found_in_each_place_in_which_it_can_be_planted(string place)
    {
        using var emitted = new Emitted();
        await using var wired = new Wired();

        Plant(place, wired, emitted);
        wired.Show(emitted);

        Assert.NotEmpty(emitted.Find([Key]));
    }

    [Fact]
    public void What_was_not_emitted_is_not_found()
    {
        using var emitted = new Emitted();
        emitted.Add("answer", "planted-key");

        Assert.Empty(emitted.Find(["planted-key-that-nobody-emits"]));
        Assert.False(emitted.Saw("log"));
    }

    private static void Plant(string place, Wired wired, Emitted emitted)
    {
        using var source = new ActivitySource("planted");
        using var meter = new Meter("planted");
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(wired.Logs));
        switch (place)
        {
            case "log":
                loggers.CreateLogger("planted").LogInformation("{Field}", Key);
                break;
            case "scope":
                using (loggers.CreateLogger("planted").BeginScope("in {Scope}", Key))
                    loggers.CreateLogger("planted").LogInformation("nothing");
                break;
            case "span":
                source.StartActivity("planted")!.SetTag("tag", Key).Stop();
                break;
            case "span event":
                source.StartActivity("planted")!.AddEvent(new("event", tags: new() { ["tag"] = Key })).Stop();
                break;
            case "metric":
                meter.CreateCounter<int>("planted").Add(1, new KeyValuePair<string, object?>("tag", Key));
                break;
            default:
                emitted.Add(place, place switch
                {
                    "exception" => new InvalidOperationException("outside", new InvalidOperationException(Key)),
                    "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)),
                    "address" => $"https://provider.example/?key={Uri.EscapeDataString(Key)}",
                    _ => $"\\x{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Key))}",
                });
                break;
        }
    }
}
