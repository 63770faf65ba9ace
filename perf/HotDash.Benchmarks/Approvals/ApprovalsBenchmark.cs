using System.Diagnostics;
using System.Globalization;

namespace HotDash.Benchmarks.Approvals;

/// <summary>A customer's message, an agent's draft, a person's approval, a reply: with somebody killed at each place on the way.</summary>
internal sealed class ApprovalsBenchmark : IBenchmark
{
    private const int Conversations = 30;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly List<(int Replies, int Notes, bool Proved, TimeSpan Recovery)> _results = [];

    public string Title => "replies to customers, with api, poller and Postgres killed at every step: each sent exactly once";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var stage = await ReplyStage.StartAsync(ct);
        var agent = await stage.CreateKeyAsync("agent", ["ingest", "read"], ct);
        var person = await stage.CreateKeyAsync("person", ["approve", "read"], ct);

        report.Note(Line("killed while", "who", "asked again", "replies", "notes", "proved", "sent after"));
        foreach (var point in KillPoint.On(stage))
            foreach (var victim in Enum.GetValues<Victim>())
                report.Note(await KillAsync(stage, point, victim, new(stage, 1 + (_results.Count % Conversations), agent, person), ct));

        report.AtMost($"replies lost of {_results.Count}", _results.Count(result => result.Replies == 0), "", 0);
        report.AtMost("replies sent twice", _results.Count(result => result.Replies > 1), "", 0);
        report.AtMost("notes lost or written twice", _results.Count(result => result.Notes != 1), "", 0);
        report.AtMost("replies that the audit does not prove", _results.Count(result => !result.Proved), "", 0);
        report.AtMost("slowest reply, from the kill on", _results.Max(result => result.Recovery).TotalSeconds, "s", 60);
    }

    private async Task<string> KillAsync(ReplyStage stage, KillPoint point, Victim victim, ReplyStory story, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Longest);
        var killed = 0L;
        var killing = Task.CompletedTask;
        await story.TellAsync(async step =>
        {
            if (step != point.Before)
                return;

            await point.Snag.SetAsync(patience.Token);
            killing = KillAsync();
        }, patience.Token);
        await killing;

        var recovery = Stopwatch.GetElapsedTime(killed);
        var (replies, notes, proved) = (await story.CountAsync("reply.sent", ct), await story.CountAsync("note.created", ct), await IsProvedAsync(story, patience.Token));
        _results.Add((replies, notes, proved, recovery));
        return Line(point.Name, victim.ToString(), story.AskedAgain, replies, notes, proved ? "yes" : "no", $"{recovery.TotalSeconds:0.0} s");

        async Task KillAsync()
        {
            await point.Snag.CatchAsync(patience.Token);
            killed = Stopwatch.GetTimestamp();
            await stage.KillAsync(victim);
            await stage.ReviveAsync(victim, patience.Token);
            await point.Snag.ReleaseAsync(patience.Token);
        }
    }

    /// <summary>The audit's chain is at most a moment behind.</summary>
    private static async Task<bool> IsProvedAsync(ReplyStory story, CancellationToken ct)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            if (await story.IsProvedAsync(ct))
                return true;

            await Task.Delay(TimeSpan.FromMilliseconds(250), ct);
        }

        return false;
    }

    private static string Line(string point, string victim, object askedAgain, object replies, object notes, object proved, object recovery) =>
        string.Create(CultureInfo.InvariantCulture, $"{point,-50} {victim,-9} {askedAgain,11} {replies,8} {notes,6} {proved,7} {recovery,10}");
}
