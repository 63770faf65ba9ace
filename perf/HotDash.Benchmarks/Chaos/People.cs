using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Benchmarks.Chaos;

/// <summary>
/// What people do meanwhile, for as long as this lives: some look at conversations all the time, and one replays whatever is in the
/// dead letter queue, again and again, also while nothing works.
/// </summary>
internal sealed class People : IAsyncDisposable
{
    private const int LooksPerSecond = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _over;
    private readonly ChatwootClient _chatwoot;
    private readonly Replays _replays;
    private readonly ReplayReads _reads;
    private readonly Task _busy;
    private int _begun;

    public People(Stage stage, CancellationToken ct)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _chatwoot = stage.Services.GetRequiredService<ChatwootClient>();
        _replays = stage.Services.GetRequiredService<Replays>();
        _reads = stage.Services.GetRequiredService<ReplayReads>();
        _busy = Task.WhenAll(LookAsync(_over.Token), ReplayAsync(LetterState.Pending, _over.Token), ReplayAsync(LetterState.Unknown, _over.Token));
    }

    /// <summary>Replays that were begun.</summary>
    public int Replays => _begun;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            await _busy;
        }
        catch (OperationCanceledException)
        {
            // They would go on for ever.
        }

        _over.Dispose();
    }

    private async Task LookAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / LooksPerSecond);
        while (await timer.WaitForNextTickAsync(ct))
            _ = LookOnceAsync(ct);
    }

    private async Task LookOnceAsync(CancellationToken ct)
    {
        try
        {
            await _chatwoot.ListConversationsAsync(new(), page: 1, ct);
        }
        catch (Exception e) when (e is IntegrationException or OperationCanceledException)
        {
            // They look again.
        }
    }

    /// <summary>Replays what is there, whether earlier replays of the same letters have ended or not.</summary>
    private async Task ReplayAsync(LetterState state, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Pause, ct);
            if (await _replays.PreviewAsync(new(null, new DeadLetterFilter { State = state }), "benchmark", "chaos", stopShare: 0.5, ct) is not { } id)
                continue;

            if (await _reads.FindAsync(id, ct) is not { Progress.Total: > 0 })
                await _replays.CancelAsync(id, "ada", ct);
            else if (await _replays.StartAsync(id, "ada", ct) is ReplayChange.Made)
                Interlocked.Increment(ref _begun);
        }
    }
}
