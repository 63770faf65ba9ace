using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

/// <summary>
/// What an integration's client sends its requests with. Turns whatever goes wrong into the one family of failures, and has each
/// call counted. It stands outside of the HttpClient's handlers: inside, the retry layer would see our exceptions in place of replies.
/// </summary>
public sealed class ProviderHttp
{
    private readonly HttpClient _http;
    private readonly IntegrationOptions _options;
    private readonly Breaker _breaker;
    private readonly IPauses _pauses;
    private readonly IOutcomeSink _outcomes;
    private readonly CallTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly bool _forHealth;

    /// <param name="forHealth">Asks the provider whatever pauses and breakers say, once, and tells them nothing.</param>
    internal ProviderHttp(
        HttpClient http, IntegrationOptions options, Breaker breaker, IPauses pauses, IOutcomeSink outcomes, CallTelemetry telemetry, TimeProvider clock,
        bool forHealth = false) =>
        (_http, _options, _breaker, _pauses, _outcomes, _telemetry, _clock, _forHealth) =
        (http, options, breaker, pauses, outcomes, telemetry, clock, forHealth);

    /// <summary>For a write whose reply says nothing but that it worked.</summary>
    internal Task SendAsync(string operation, ProviderRequest request, CancellationToken ct) =>
        SendAsync(operation, request, _ => true, ct);

    /// <returns>The body, which must be JSON of the given shape.</returns>
    internal Task<T> ReadAsync<T>(string operation, ProviderRequest request, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : notnull => SendAsync(operation, request, reply => Parse(reply, shape), ct);

    /// <returns>What the body means to us.</returns>
    /// <param name="read">Throws <see cref="UnreadableReplyException"/> when the JSON lacks what we need.</param>
    internal Task<T> ReadAsync<TBody, T>(
        string operation, ProviderRequest request, JsonTypeInfo<TBody> shape, Func<TBody, T> read, CancellationToken ct)
        where TBody : notnull => SendAsync(operation, request, reply => read(Parse(reply, shape)), ct);

    /// <returns>The rows of a body that must be a list of the given shape, without gaps.</returns>
    internal Task<IReadOnlyList<T>> ReadRowsAsync<T>(
        string operation, ProviderRequest request, JsonTypeInfo<IReadOnlyList<T>> shape, CancellationToken ct)
        where T : class => ReadAsync(operation, request, shape, WithoutGaps, ct);

    /// <param name="read">Gets a reply with a 2xx status, its body in memory.</param>
    internal async Task<T> SendAsync<T>(string operation, ProviderRequest request, Func<HttpResponseMessage, T> read, CancellationToken ct)
    {
        (request.Operation, request.ForHealth) = (_options.Find(operation), _forHealth);
        if (request.Operation.NeedsApproval && request.Approval is null)
            throw new InvalidOperationException($"{_options.Key}: {operation} needs an approval.");

        request.Switched = _options.Ask(_forHealth ? null : CallUnit.Current);
        using var span = CallTelemetry.Start(_options.Key, operation);
        var began = _clock.GetTimestamp();
        try
        {
            using var reply = await ExchangeAsync(request, ct);
            var answer = read(reply);

            Ended(request, OutcomeKind.Ok, began, span);
            return answer;
        }
        catch (Exception e) when (!(e is OperationCanceledException && ct.IsCancellationRequested))
        {
            if (Failures.FromException(_options.Key, _breaker, request, e) is not { } failure)
                throw;

            Ended(request, OutcomeKinds.Parse(failure.Code), began, span);
            if (failure == e)
                throw;

            throw failure;
        }
    }

    private async ValueTask<HttpResponseMessage> ExchangeAsync(ProviderRequest request, CancellationToken ct)
    {
        var state = _options.StateOf(request.Switched);
        if (state is not IntegrationState.Live)
            throw Failures.NotLive(_options, state);

        if (!_forHealth)
            await RefuseInVainAsync(ct);

        request.Cancellation = ct;
        var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        if (request.ReplyStatus is >= 200 and < 300)
            return reply;

        using (reply)
            throw Failures.FromReply(_options, request, new(request.ReplyStatus, request.ReplyWait));
    }

    private async ValueTask RefuseInVainAsync(CancellationToken ct)
    {
        // A call that this process's breaker refuses must not be the fleet's one call that goes to see whether a pause is over.
        var refusal = _breaker.RefusesFor;
        if (await _pauses.CheckAsync(_options.Key, mayProbe: refusal is null, ct) is { } pause)
            throw new IntegrationPausedException(_options.Key, pause);

        // Here it is one exception; below the HttpClient it would be one for each layer of it.
        if (refusal is { } wait)
            throw new CircuitBreakerOpenException(_options.Key, wait);
    }

    private void Ended(ProviderRequest request, OutcomeKind kind, long began, System.Diagnostics.Activity? span)
    {
        var duration = _clock.GetElapsedTime(began);
        var source = _forHealth ? OutcomeSources.Health : _options.Source;
        var outcome = new Outcome(_options.Key, request.Operation.Name, source, FlagOf(request), VariantOf(request), kind, duration, _clock.GetUtcNow());
        _telemetry.Called(outcome, span);
        _outcomes.Record(outcome);
        if (!_forHealth)
            _pauses.Record(_options.Key, kind);
    }

    private string? FlagOf(ProviderRequest request) => request.Switched is null ? null : _options.Flag;

    private static string? VariantOf(ProviderRequest request) => request.Switched switch { null => null, true => Outcome.On, false => Outcome.Off };

    private static T Parse<T>(HttpResponseMessage reply, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Content.ReadAsStream(), shape) ?? throw new UnreadableReplyException("the reply is empty");
        }
        catch (JsonException)
        {
            throw new UnreadableReplyException("the reply is not what we know how to read");
        }
    }

    // Nullable annotations hold for properties; nothing but this looks at the elements of a list.
    private static IReadOnlyList<T> WithoutGaps<T>(IReadOnlyList<T> rows)
        where T : class => rows.Any(row => row is null) ? throw new UnreadableReplyException("the reply has a row that is null") : rows;
}

/// <summary>A reply lacks what we need. Becomes <c>unexpected_reply</c>; the message is ours, nothing of the reply may be in it.</summary>
internal sealed class UnreadableReplyException(string message) : Exception(message);
