using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>The way in: signed, kept once, and only then answered.</summary>
public sealed class WebhookIntake
{
    private readonly WebhookOptions _options;
    private readonly WebhookVault _vault;
    private readonly LaneCalls _lanes;
    private readonly GroupCommit _commits;
    private readonly TimeProvider _clock;

    internal WebhookIntake(IOptions<WebhookOptions> options, WebhookVault vault, WebhookStore store, LaneCalls lanes, TimeProvider clock)
    {
        (_options, _vault, _lanes, _clock) = (options.Value, vault, lanes, clock);
        _commits = new(store.KeepAsync);
    }

    public bool Knows(string source) => _options.All.ContainsKey(source);

    /// <exception cref="Store.StoreUnavailableException">It is not known to be kept: the sender shall try again.</exception>
    public async Task<IntakeAnswer> TakeAsync(string source, IHeaderDictionary headers, byte[] body)
    {
        if (!_options.All.TryGetValue(source, out var sender))
            return new(IntakeVerdict.UnknownSource);

        switch (sender.Check(headers, body, _clock.GetUtcNow(), _options.Tolerance))
        {
            case SignatureVerdict.Wrong:
                return new(IntakeVerdict.BadSignature);
            case SignatureVerdict.TooOld:
                return new(IntakeVerdict.TooOld);
        }

        var id = Guid.CreateVersion7();
        var row = new WebhookRow { Id = id, Source = source, Subject = sender.Read(headers, body), Bytes = body.Length, Sealed = _vault.Seal(id, body) };
        if (!await _commits.AddAsync(row))
            return new(IntakeVerdict.Duplicate);

        _lanes.Call([row.Lane]);
        return new(IntakeVerdict.Kept, id);
    }
}

public enum IntakeVerdict { Kept, Duplicate, UnknownSource, BadSignature, TooOld }

/// <param name="Id">Of the event, when it was kept now.</param>
public sealed record IntakeAnswer(IntakeVerdict Verdict, Guid? Id = null);
