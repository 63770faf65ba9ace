using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Benchmarks.Proxy;

/// <summary>Asks as fast as it is answered, over a fixed number of connections, with a key.</summary>
internal abstract class LoadClient
{
    protected const int Connections = 64;
    protected const string Authorization = "Bearer hd_benchmark";

    public abstract string Name { get; }

    public static LoadClient Find() => File.Exists(Wrk.Path) ? new Wrk() : new OwnClient();

    /// <returns>Requests a second. Throws when an answer was no success.</returns>
    public abstract Task<double> RunAsync(Uri server, TimeSpan span, CancellationToken ct);
}

/// <summary>https://github.com/wg/wrk</summary>
internal sealed partial class Wrk : LoadClient
{
    public const string Path = "/usr/bin/wrk";

    public override string Name => "load by wrk";

    public override async Task<double> RunAsync(Uri server, TimeSpan span, CancellationToken ct)
    {
        string[] arguments = ["-t1", $"-c{Connections}", $"-d{span.TotalSeconds:0}s", "-H", $"Authorization: {Authorization}", new Uri(server, "/api/hello").ToString()];
        using var wrk = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await wrk.StandardOutput.ReadToEndAsync(ct);
        await wrk.WaitForExitAsync(ct);

        return PerSecond().Match(said) is { Success: true } match && !said.Contains("Non-2xx", StringComparison.Ordinal)
            ? double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk says about {server}: {said}");
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerSecond();
}

/// <summary>Used where wrk is not installed. It costs more than it measures, which brings all ratios nearer to 1.</summary>
internal sealed class OwnClient : LoadClient
{
    public override string Name => "load by HttpClient, since wrk is not installed: ratios are nearer to 1 than the truth";

    public override async Task<double> RunAsync(Uri server, TimeSpan span, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Authorization);
        var end = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);

        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => AskUntilAsync(client, end, ct)));

        return counts.Sum() / span.TotalSeconds;
    }

    private static async Task<int> AskUntilAsync(HttpClient client, long end, CancellationToken ct)
    {
        var count = 0;
        for (; Stopwatch.GetTimestamp() < end; count++)
            await client.GetByteArrayAsync(new Uri("/api/hello", UriKind.Relative), ct);

        return count;
    }
}
