using System.Globalization;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Benchmarks.Chaos;

/// <summary>
/// Private notes on their way to Chatwoot. No job writes them yet, so they are written from here with the client, and what fails goes
/// to the dead letters: the pollers look it up by its mark, and send it again.
/// </summary>
internal sealed class Notes(Stage stage) : IWrites
{
    private const int Conversations = 30;

    private readonly ChatwootClient _chatwoot = stage.Services.GetRequiredService<ChatwootClient>();
    private readonly ChatwootOptions _options = stage.Services.GetRequiredService<ChatwootOptions>();
    private readonly IDeadLetterSink _letters = stage.Services.GetRequiredService<IDeadLetterSink>();
    private int _written;

    public string Name => "notes";

    public Task PrepareAsync(CancellationToken ct) => _chatwoot.GetProfileAsync(ct);

    public async Task WriteAsync(string text, CancellationToken ct)
    {
        var conversation = 1 + (Interlocked.Increment(ref _written) % Conversations);
        var note = new NewMessage(conversation.ToString(CultureInfo.InvariantCulture), text, Private: true, Guid.CreateVersion7());
        var began = DateTimeOffset.UtcNow;
        try
        {
            await _chatwoot.WriteAsync(note, ct);
        }
        catch (IntegrationException failure)
        {
            await _letters.KeepAsync(Letter(note, failure, began), ct);
        }
    }

    public Task<long> CountOpenAsync(CancellationToken ct) => stage.CountLettersAsync(ct);

    public async Task<IEnumerable<string>> EffectsAsync(CancellationToken ct) =>
        (await stage.Sandbox.EffectsAsync("chatwoot", "note.created", ct)).Select(details => details.GetProperty("text").GetString()!);

    private DeadLetter Letter(NewMessage note, IntegrationException failure, DateTimeOffset began) => new()
    {
        Integration = "chatwoot",
        Operation = ChatwootWrites.OperationOf(note),
        Request = ChatwootWrites.ToRequest(note, _options),
        Failure = failure,
        Attempts = 1,
        FirstAt = began,
        LastAt = began,
        OutcomeUnknown = failure.OutcomeUnknown,
        Origin = "benchmark",
    };
}
