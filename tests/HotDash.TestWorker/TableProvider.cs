using System.Text;
using Dapper;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.TestWorker;

/// <summary>A provider whose effects are rows of <c>test_sent</c>; it takes a while, before and after.</summary>
internal sealed class TableProvider(NpgsqlDataSource store) : IReplayable
{
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(40);

    public string Integration => "chatwoot";

    public bool CanReplay(string operation) => true;

    public async Task<Existing?> FindExistingAsync(DeadLetterRequest request, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<bool>("select exists (select from test_sent where body = @body)", new { body = Text(request) })
            ? new Existing("1")
            : null;
    }

    public async Task ReplayAsync(DeadLetterRequest request, CancellationToken ct)
    {
        await Task.Delay(Half, ct);
        await using (var connection = await store.OpenConnectionAsync(CancellationToken.None))
            await connection.ExecuteAsync("insert into test_sent (body) values (@body)", new { body = Text(request) });
        await Task.Delay(Half, ct);
    }

    private static string Text(DeadLetterRequest request) => Encoding.UTF8.GetString(request.Body.Span);
}
