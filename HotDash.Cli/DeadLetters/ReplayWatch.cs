using System.Text.Json;

namespace HotDash.Cli.DeadLetters;

/// <summary>Asks how far a replay is until it is where somebody waits for it.</summary>
internal static class ReplayWatch
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static async Task<JsonElement> UntilEndedAsync(CliContext context, JsonElement replay, CancellationToken ct)
    {
        var said = "";
        while (replay.Text("state") == "running")
        {
            var line = ReplayView.Line(replay);
            if (line != said)
                await context.Error.WriteLineAsync(said = line);
            replay = await NextAsync(context, replay, ct);
        }

        return replay;
    }

    /// <summary>What was not looked up by then is shown as due.</summary>
    public static async Task<JsonElement> UntilLookedAsync(CliContext context, JsonElement replay, TimeSpan patience, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < patience && replay.GetProperty("look").Number("due") > 0; waited += Between)
            replay = await NextAsync(context, replay, ct);

        return replay;
    }

    private static async Task<JsonElement> NextAsync(CliContext context, JsonElement replay, CancellationToken ct)
    {
        await Task.Delay(Between, context.Clock, ct);
        return await context.Api.GetAsync($"/api/dead-letters/replays/{replay.Text("id")}", ct);
    }
}
