using System.Globalization;
using System.Text;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>Every provider against every way in which a provider fails, over real connections. The run prints the table.</summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    private const string Timeout = "300ms";

    /// <summary>Whatever a provider says is marked as its keys are: nothing of it may be seen.</summary>
    private const string Words = """{"message":"canary-echo"}""";

    private static readonly Fault[] Faults =
    [
        new("500", "unavailable", Unknown: true, FaultServer.Reply(500, Words)),
        new("503", "unavailable", Unknown: true, FaultServer.Reply(503, Words, ("Retry-After", "5"))),
        new("throttled its own way", "rate_limited", Unknown: false, Answer: null),
        new("401", "unauthorized", Unknown: false, FaultServer.Reply(401, Words)),
        new("403", "unauthorized", Unknown: false, FaultServer.Reply(403, Words)),
        new("404", "not_found", Unknown: false, FaultServer.Reply(404, Words)),
        new("409", "conflict", Unknown: false, FaultServer.Reply(409, Words)),
        new("connection reset", "network", Unknown: true, FaultServer.ResetAsync),
        new("time-out", "timeout", Unknown: true, FaultServer.Raw("", thenWait: true)),
        new("slow body", "timeout", Unknown: true, FaultServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[", thenWait: true)),
        new("cut-off body", "network", Unknown: true, FaultServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[")),
        new("truncated JSON", "unexpected_reply", Unknown: true, FaultServer.Reply(200, """{"data":[{"id":"canary-echo""")),
        new("wrong schema", "unexpected_reply", Unknown: true, FaultServer.Reply(200, """["canary-echo","two"]""")),
        new("HTML", "unexpected_reply", Unknown: true, FaultServer.Reply(200, "<html>Just a moment, canary-echo</html>")),
        new("50 MB body", "unexpected_reply", Unknown: true, FaultServer.Megabytes(50)),
        new("redirect to 127.0.0.1", "unexpected_reply", Unknown: true, Answer: null),
        new("redirect to 169.254.169.254", "unexpected_reply", Unknown: true, FaultServer.Reply(302, "", ("Location", "http://169.254.169.254/latest/canary-echo"))),
    ];

    [Fact]
    public async Task Every_fault_of_every_provider_has_its_outcome()
    {
        await using var inside = new FaultServer(FaultServer.Reply(200, "[]"));
        using var emitted = new Emitted();
        var rows = new List<Cell>();

        foreach (var fault in Faults)
        {
            foreach (var provider in Providers.All)
                rows.AddRange(await CellsAsync(provider, fault, inside, emitted));
        }

        output.WriteLine(Table(rows));
        TestContext.Current.AddAttachment("fault-matrix.txt", Table(rows));
        Assert.All(rows, cell => Assert.Equal((cell.Provider, cell.Call, cell.Fault, cell.Expected), (cell.Provider, cell.Call, cell.Fault, cell.Actual)));
        Assert.Equal(0, inside.Requests);
        Assert.All(["log", "span", "metric", "exception", "outcome"], place => Assert.True(emitted.Saw(place), place));
        Assert.Empty(emitted.Find([ProviderUnderTest.Marker, .. Providers.All.SelectMany(provider => provider.Secrets).Select(secret => secret.Value)]));
    }

    [Fact]
    public void Every_integration_is_in_the_matrix()
    {
        var integrations = typeof(IntegrationOptions).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(IntegrationOptions)) && !type.IsAbstract)
            .Select(type => ((IntegrationOptions)Activator.CreateInstance(type)!).Key);

        Assert.Equal(integrations.Order(StringComparer.Ordinal), Providers.All.Select(provider => provider.Key));
    }

    private static async Task<List<Cell>> CellsAsync(ProviderUnderTest provider, Fault fault, FaultServer inside, Emitted emitted)
    {
        var cells = new List<Cell>();
        foreach (var call in provider.Calls)
            cells.Add(new(provider.Key, call.Name, fault.Name, Expected(provider, call, fault), await OutcomeAsync(provider, call, fault, inside, emitted)));

        return cells;
    }

    /// <summary>A question mark says that the write may have had its effect.</summary>
    private static string Expected(ProviderUnderTest provider, ProviderCall call, Fault fault)
    {
        var expected = provider.Differs.GetValueOrDefault(fault.Name, fault.Code);

        return provider.Differs.GetValueOrDefault($"{call.Name}: {fault.Name}") ?? (call.Writes && fault.Unknown ? $"{expected}?" : expected);
    }

    private static async Task<string> OutcomeAsync(ProviderUnderTest provider, ProviderCall call, Fault fault, FaultServer inside, Emitted emitted)
    {
        await using var server = new FaultServer(fault.Answer ?? fault.Name switch
        {
            "redirect to 127.0.0.1" => FaultServer.Reply(307, "", ("Location", inside.Address)),
            _ => FaultServer.Reply(provider.Throttled.Status, provider.Throttled.Body, provider.Throttled.Headers ?? []),
        });
        var patience = fault.Code is "timeout" ? Timeout : "5s";
        await using var wired = new Wired(
            settings: [(provider.AddressSetting, server.Address), ($"Integrations:{provider.Key}:Timeouts:Attempt", patience)]);
        try
        {
            await call.Run(wired.Services, TestContext.Current.CancellationToken);
            return "ok";
        }
        catch (IntegrationException e)
        {
            emitted.Add("exception", e);
            return e.OutcomeUnknown ? $"{e.Code}?" : e.Code;
        }
        catch (Exception e)
        {
            return $"UNHANDLED {e.GetType().Name}";
        }
        finally
        {
            wired.Show(emitted);
        }
    }

    private static string Table(List<Cell> cells)
    {
        var text = new StringBuilder();
        var columns = cells.Select(cell => (cell.Provider, cell.Call)).Distinct().ToList();
        text.AppendLine(Line("fault", columns.Select(column => $"{column.Provider} {column.Call}")));
        foreach (var row in cells.GroupBy(cell => cell.Fault, StringComparer.Ordinal))
            text.AppendLine(Line(row.Key, columns.Select(column => row.FirstOrDefault(cell => (cell.Provider, cell.Call) == column)?.Actual ?? "-")));

        return text.ToString();
    }

    private static string Line(string first, IEnumerable<string> others) =>
        string.Create(CultureInfo.InvariantCulture, $"{first,-28} {string.Join(' ', others.Select(other => $"{other,-22}"))}").TrimEnd();

    /// <param name="Unknown">Whether a write may have had its effect.</param>
    /// <param name="Answer">Null where it depends on the provider or the run.</param>
    private sealed record Fault(string Name, string Code, bool Unknown, Func<System.Net.Sockets.NetworkStream, CancellationToken, Task>? Answer);

    private sealed record Cell(string Provider, string Call, string Fault, string Expected, string Actual);
}
