using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

/// <summary>
/// Sends a provider's requests and turns whatever goes wrong into the one family of failures. It stands outside of the
/// HttpClient's handlers: inside, the retry policy would see our exceptions in place of the status codes it decides by.
/// </summary>
internal sealed class ProviderHttp(HttpClient http, IntegrationOptions options, TimeProvider clock)
{
    /// <returns>A reply with a 2xx status, its body read.</returns>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (options.State is not IntegrationState.Live)
            throw Failures.NotLive(options);

        var reply = await AttemptAsync(request, ct);
        if (reply.IsSuccessStatusCode)
            return reply;

        using (reply)
            throw Failures.FromReply(options, request, reply, clock.GetUtcNow());
    }

    /// <returns>The body, which must be JSON of the given shape.</returns>
    public async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : notnull
    {
        using var reply = await SendAsync(request, ct);

        return Parse(await reply.Content.ReadAsByteArrayAsync(ct), shape)
            ?? throw Failures.UnexpectedReply(options.Key, "the reply is not what we know how to read", request.MayHaveHadEffect());
    }

    /// <returns>The rows of a body that must be a list of the given shape, without gaps.</returns>
    public async Task<IReadOnlyList<T>> ReadRowsAsync<T>(HttpRequestMessage request, JsonTypeInfo<IReadOnlyList<T>> shape, CancellationToken ct)
        where T : class
    {
        var rows = await ReadAsync(request, shape, ct);

        // Nullable annotations hold for properties; nothing but this looks at the elements of a list.
        return rows.Any(row => row is null)
            ? throw Failures.UnexpectedReply(options.Key, "the reply has a row that is null", request.MayHaveHadEffect())
            : rows;
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (Exception e) when (e is not IntegrationException && !(e is OperationCanceledException && ct.IsCancellationRequested))
        {
            if (Failures.FromException(options.Key, request, e) is { } failure)
                throw failure;

            throw;
        }
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(body, shape);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
