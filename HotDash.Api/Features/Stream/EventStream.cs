using System.Text.Json;
using HotDash.Api.Access;
using HotDash.Api.Features.Audit;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Store;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HotDash.Api.Features.Stream;

/// <summary>
/// Writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each reader fetches its own next page
/// when it has taken the last, so a slow one costs a page of memory, and no replica needs to know what another has sent.
/// </summary>
internal sealed class EventStream(
    AuditReads audit, AuditWatch watch, ApiKeyStore keys, IHostApplicationLifetime host, IOptions<JsonOptions> json, IOptions<EventStreamOptions> options)
{
    private const int Page = 100;

    private int _readers;

    /// <returns>False when there are as many readers as there may be: nothing was answered yet.</returns>
    public async Task<bool> TryWriteAsync(HttpContext http, long seen)
    {
        try
        {
            if (Interlocked.Increment(ref _readers) > options.Value.MaxReaders)
                return false;

            await WriteAsync(http, seen);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private async Task WriteAsync(HttpContext http, long seen)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";

        try
        {
            await SendAsync(http.Response, "retry: 2000\n\n", over.Token);
            while (await MayStillReadAsync(http.Request, over.Token))
                seen = await NextAsync(http.Response, seen, over.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or StoreUnavailableException || StoreUnavailableException.IsCause(e))
        {
            // The reader has gone, the host stops, or the store is away: whoever reads comes again, with the last id it saw.
        }
    }

    /// <summary>A stream outlives the moment at which its key was looked at: a revoked one ends it.</summary>
    private async Task<bool> MayStillReadAsync(HttpRequest request, CancellationToken ct) =>
        ApiKeyAuthentication.TokenOf(request) is { } token && await keys.VerifyAsync(token, ct) is not null;

    /// <returns>The number up to which everything was sent.</returns>
    private async Task<long> NextAsync(HttpResponse response, long seen, CancellationToken ct)
    {
        var newest = watch.Newest;
        var page = await audit.AfterAsync(seen, Page, ct);
        if (page is [.., var last])
        {
            await SendAsync(response, string.Concat(page.Select(Event)), ct);
            return last.Seq!.Value;
        }

        seen = Math.Max(seen, newest); // what somebody deleted is not waited for
        if (!await watch.WaitAsync(seen, options.Value.Heartbeat, ct))
            await SendAsync(response, ": still here\n\n", ct);
        return seen;
    }

    private string Event(AuditEntry entry) =>
        $"id: {entry.Seq}\nevent: audit\ndata: {JsonSerializer.Serialize(EntryView.Of(entry), json.Value.SerializerOptions)}\n\n";

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}

/// <summary>Configuration section <c>Stream</c>.</summary>
internal sealed class EventStreamOptions
{
    /// <summary>After so long a silence a comment is sent: shorter than the proxy's patience with a silent exchange.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>At a time, of each process: every one asks the store at each change.</summary>
    public int MaxReaders { get; set; } = 200;
}
