using System.Text.Json;
using HotDash.ControlPlane.Snapshots;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Reads;

/// <summary>Reads degrade: live, else the last good snapshot, else mock. The answer always says which, and why.</summary>
internal sealed partial class ReadChain(SnapshotStore snapshots, IOutcomeSink outcomes, TimeProvider clock, ILogger<ReadChain> logger)
{
    /// <summary>A provider that hangs must not hold the reader up: after this long the answer comes from elsewhere.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="IntegrationException">With code <c>integration_disabled</c>: it was rolled back.</exception>
    public async Task<Answer<T>> AnswerAsync<T>(IntegrationOptions integration, Read<T> read, CancellationToken ct) where T : class =>
        integration.State switch
        {
            IntegrationState.Live => Counted(integration, await LiveAsync(integration, read, ct)),
            IntegrationState.CredentialsMissing => Counted(integration, Mock(read, CredentialsMissing.Warning(integration))),
            IntegrationState.Disabled => throw Disabled(integration),
            _ => Mock(read),
        };

    /// <summary>For jobs: keeps a new live answer. Nothing happens while the integration is not live.</summary>
    /// <exception cref="IntegrationException">The provider failed; the snapshot stays as it was.</exception>
    public async Task RefreshAsync<T>(IntegrationOptions integration, Read<T> read, CancellationToken ct) where T : class
    {
        if (integration.State is not IntegrationState.Live)
            return;

        var value = await read.Live(ct);
        if (!read.IsUnfilled(value))
            await KeptAsync(integration, read, value, ct);
    }

    private async Task<Answer<T>> LiveAsync<T>(IntegrationOptions integration, Read<T> read, CancellationToken ct) where T : class
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var value = await read.Live(either.Token);
            return read.IsUnfilled(value)
                ? Mock(read, new Warning(Warning.EmptyTable, $"{integration.Key} holds nothing yet; these are examples."))
                : await KeptAsync(integration, read, value, ct);
        }
        catch (IntegrationException e)
        {
            return await DegradedAsync(integration, read, e.Code, ct);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return await DegradedAsync(integration, read, IntegrationCodes.Timeout, ct);
        }
    }

    private async Task<Answer<T>> KeptAsync<T>(IntegrationOptions integration, Read<T> read, T value, CancellationToken ct) where T : class
    {
        var asOf = clock.GetUtcNow();
        if (read is { KeepsAnswer: true, SnapshotKey: { } key })
            await TryAsync(() => snapshots.SaveAsync(key, JsonSerializer.Serialize(value, JsonSerializerOptions.Web), asOf, ct));

        return new(value, integration.Source, asOf, []);
    }

    private async Task<Answer<T>> DegradedAsync<T>(IntegrationOptions integration, Read<T> read, string code, CancellationToken ct) where T : class
    {
        LogDegraded(integration.Key, code);

        Answer<T>? snapshot = null;
        if (read.SnapshotKey is { } key)
            await TryAsync(async () => snapshot = await SnapshotAsync(integration, read, key, code, ct));

        return snapshot ?? Mock(read, new Warning(code, $"{integration.Key} failed ({code}) and no earlier answer is kept; these are examples."));
    }

    private async Task<Answer<T>?> SnapshotAsync<T>(
        IntegrationOptions integration, Read<T> read, string key, string code, CancellationToken ct) where T : class
    {
        if (await snapshots.GetAsync(key, ct) is not { } snapshot
            || JsonSerializer.Deserialize<T>(snapshot.Json, JsonSerializerOptions.Web) is not { } whole
            || read.FromSnapshot(whole) is not { } value)
            return null;

        var age = clock.GetUtcNow() - snapshot.AsOf;
        return new(value, Sources.Snapshot, snapshot.AsOf,
            [new(code, $"{integration.Key} failed ({code}); this is its answer of {Math.Max(0, (long)age.TotalSeconds)} s ago.")]);
    }

    /// <summary>A provider that holds nothing yet answered all the same.</summary>
    private Answer<T> Counted<T>(IntegrationOptions integration, Answer<T> answer)
    {
        var source = answer.Warnings is [{ Code: Warning.EmptyTable }] ? integration.Source : answer.Source;
        outcomes.Record(new(integration.Key, source, OutcomeSources.Answers, Flag: null, Variant: null, OutcomeKind.Ok, TimeSpan.Zero, clock.GetUtcNow()));

        return answer;
    }

    /// <summary>What was rolled back answers nobody: examples would pass for the shop's own data.</summary>
    private static IntegrationException Disabled(IntegrationOptions integration) => new(
        integration.Key, IntegrationCodes.IntegrationDisabled, "rolled back", scope: FailureScope.Integration);

    private Answer<T> Mock<T>(Read<T> read, params Warning[] warnings) where T : class =>
        new(read.Mock(), Sources.Mock, clock.GetUtcNow(), warnings);

    /// <summary>A store that is away, or a snapshot of an older shape, makes the answer no worse than none.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is JsonException || StoreUnavailableException.IsCause(e))
        {
            LogNoSnapshot(e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Integration {Integration} failed ({Code}): answering from a snapshot or mock.")]
    private partial void LogDegraded(string integration, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot could not be kept or read ({Why}).")]
    private partial void LogNoSnapshot(string why);
}
