using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>The way in: signed, kept once, and only then answered.</summary>
public sealed class WebhookIntake
{
    private readonly WebhookOptions _options;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly WebhookVault _vault;
    private readonly LaneCalls _lanes;
    private readonly GroupCommit _commits;
    private readonly LearnedSecrets _learned;
    private readonly TimeProvider _clock;
    private long _lookedAt;

    internal WebhookIntake(IOptions<WebhookOptions> options, WebhookVault vault, WebhookStore store, LaneCalls lanes, LearnedSecrets learned, TimeProvider clock)
    {
        (_options, _vault, _lanes, _learned, _clock) = (options.Value, vault, lanes, learned, clock);
        _commits = new(store.KeepAsync);
    }

    public bool Knows(string source) => _options.All.ContainsKey(source);

    /// <exception cref="Store.StoreUnavailableException">It is not known to be kept: the sender shall try again.</exception>
    public async Task<IntakeAnswer> TakeAsync(string source, IHeaderDictionary headers, byte[] body)
    {
        if (!_options.All.TryGetValue(source, out var sender))
            return new(IntakeVerdict.UnknownSource);

        switch (await CheckAsync(sender, headers, body))
        {
            case SignatureVerdict.Wrong:
                return new(IntakeVerdict.BadSignature);
            case SignatureVerdict.TooOld:
                return new(IntakeVerdict.TooOld);
        }

        var id = Guid.CreateVersion7();
        var row = new WebhookRow { Id = id, Source = source, Subject = sender.Read(headers, body), Bytes = body.Length, Sealed = _vault.Seal(id, body) };
        var kept = await _commits.AddAsync(row);
        if (kept != id)
            return new(IntakeVerdict.Duplicate, kept);

        _lanes.Call([row.Lane]);
        return new(IntakeVerdict.Kept, id);
    }

    /// <summary>A signature that is wrong may be of a secret that was learnt meanwhile, or by another process.</summary>
    private async Task<SignatureVerdict> CheckAsync(WebhookSource sender, IHeaderDictionary headers, byte[] body)
    {
        var verdict = sender.Check(headers, body, _clock.GetUtcNow(), _options.Tolerance);
        if (verdict is not SignatureVerdict.Wrong || sender.Learning is not { } secrets || !MayLook())
            return verdict;

        secrets.Learn(await _learned.OfAsync(sender.Name, CancellationToken.None));
        return sender.Check(headers, body, _clock.GetUtcNow(), _options.Tolerance);
    }

    /// <summary>Not for each of many that are wrong.</summary>
    private bool MayLook()
    {
        var (now, before) = (_clock.GetTimestamp(), Volatile.Read(ref _lookedAt));
        return (before is 0 || _clock.GetElapsedTime(before, now) >= LookAgain) && Interlocked.CompareExchange(ref _lookedAt, now, before) == before;
    }
}

/// <summary>Whether an event was taken in, and if not, why.</summary>
public enum IntakeVerdict { Kept, Duplicate, UnknownSource, BadSignature, TooOld }

/// <param name="Id">Of the event as it is kept; of a duplicate whose first delivery is gone meanwhile, null.</param>
public sealed record IntakeAnswer(IntakeVerdict Verdict, Guid? Id = null);
