using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

/// <summary>Writes a line for each event that it handles, and then needs something of a provider.</summary>
internal sealed class CountedHandler(string source, string topic, AwayForAWhile provider) : IWebhookHandler
{
    public string Source => source;

    public IReadOnlyCollection<string> Topics { get; } = [topic];

    public async Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into effects (event) values ($1)", transaction.Connection, transaction) { Parameters = { new() { Value = happened.Id } } };
        await insert.ExecuteNonQueryAsync(ct);
        provider.Ask();
    }
}

/// <summary>A provider that answers, then refuses so many calls, and answers again.</summary>
internal sealed class AwayForAWhile(int from, int count)
{
    private int _asked;
    private int _refused;

    public int Refused => _refused;

    public void Ask()
    {
        if (Interlocked.Increment(ref _asked) is var number && number <= from || number > from + count)
            return;

        Interlocked.Increment(ref _refused);
        throw new IntegrationException("acme", IntegrationCodes.Unavailable, "could not serve the call (503)", retryable: true);
    }
}
