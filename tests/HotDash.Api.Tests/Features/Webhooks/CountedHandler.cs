using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

/// <summary>Writes a line for each event that it handles, and then, when it has one to ask, needs something of a provider.</summary>
internal sealed class CountedHandler(string source, string topic, Func<CancellationToken, Task<bool>>? provider = null) : IWebhookHandler
{
    private int _refused;

    public string Source => source;

    public IReadOnlyCollection<string> Topics { get; } = [topic];

    public int Refused => _refused;

    public async Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into effects (event) values ($1)", transaction.Connection, transaction) { Parameters = { new() { Value = happened.Id } } };
        await insert.ExecuteNonQueryAsync(ct);
        if (provider is null || await provider(ct))
            return;

        Interlocked.Increment(ref _refused);
        throw new IntegrationException("acme", IntegrationCodes.Unavailable, "could not serve the call (503)", retryable: true);
    }
}
