using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HotDash.Proxy.Routes;

/// <summary>
/// Healthy when any address of the api answers <c>/alive</c>. What the api itself depends on is for its own <c>/health</c> to say:
/// one fault shall show in one place.
/// </summary>
internal sealed class ApiAnswers(HttpClient http, IOptions<ProxyOptions> options) : IHealthCheck
{
    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient<ApiAnswers>().RemoveAllResilienceHandlers(); // who asks for the health asks again soon
        services.AddHealthChecks().AddCheck<ApiAnswers>("api");
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await foreach (var asked in Task.WhenEach(options.Value.Destinations.Select(destination => AnswersAsync(destination, cancellationToken))))
        {
            if (await asked)
                return HealthCheckResult.Healthy();
        }

        return new(context.Registration.FailureStatus, "No address of the api answers.");
    }

    private async Task<bool> AnswersAsync(string destination, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(destination), "/alive"), HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
