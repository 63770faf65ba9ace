using System.Net.Http.Headers;
using HotDash.Integrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.TestWorker;

/// <summary>Calls Publer's stand-in as often as the fleet's budget lets it, and no more. What it did is counted at the other end.</summary>
internal sealed class LimitLoad(ITokenBudget budget, HttpClient publer)
{
    private const int Callers = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(IServiceProvider services, IConfiguration configuration, CancellationToken ct)
    {
        using var publer = new HttpClient { BaseAddress = new(configuration["LimitLoad"]!) };
        publer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer-API", configuration["SANDBOX_PUBLER_API_KEY"]);
        var load = new LimitLoad(services.GetRequiredService<ITokenBudget>(), publer);

        for (var i = 0; i < 10; i++)
            (await publer.GetAsync(new Uri("/alive", UriKind.Relative), ct)).Dispose(); // compiles the way to the wire, unlimited

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => load.CallAsync(ct)));
    }

    private async Task CallAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (await WaitAsync(ct) is { } wait)
                await Task.Delay(wait < Longest ? wait : Longest, ct);
            else
                (await publer.GetAsync(new Uri("/publer/api/v1/users/me", UriKind.Relative), ct)).Dispose();
        }
    }

    private async Task<TimeSpan?> WaitAsync(CancellationToken ct)
    {
        try
        {
            return await budget.TryTakeAsync("publer", 1, ct);
        }
        catch (IntegrationException)
        {
            return Longest; // the store is away
        }
    }
}
