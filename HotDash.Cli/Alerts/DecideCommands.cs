using System.CommandLine;

namespace HotDash.Cli.Alerts;

/// <summary>What a person does with an alert.</summary>
internal static class DecideCommands
{
    public static Command Acknowledge(CliContext context)
    {
        var (id, reason, json) = (AlertCommands.Id(), CommonOptions.Reason(required: false), CommonOptions.Json());
        var command = new Command("ack", "Says that you look at it.") { id, reason, json };
        command.SetAction((parsed, ct) =>
            DecideAsync(context, $"{AlertCommands.Path(parsed.GetValue(id))}/acknowledge", new { reason = parsed.GetValue(reason) }, parsed.GetValue(json), ct));

        return command;
    }

    public static Command Silence(CliContext context)
    {
        var (id, reason, json) = (AlertCommands.Id(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var hours = new Option<double>("--hours") { Description = "For so long.", Required = true };
        var command = new Command("silence", "Tells nobody of it for a while, also if it is resolved and opens again.") { id, hours, reason, json };
        hours.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > 0 and < 10_000))
                result.AddError("--hours must be more than 0, and less than 10000.");
        });
        command.SetAction((parsed, ct) =>
        {
            var body = new { until = context.Clock.GetUtcNow().AddHours(parsed.GetValue(hours)), reason = parsed.GetValue(reason) };
            return DecideAsync(context, $"{AlertCommands.Path(parsed.GetValue(id))}/silence", body, parsed.GetValue(json), ct);
        });

        return command;
    }

    private static async Task<int> DecideAsync(CliContext context, string path, object body, bool asJson, CancellationToken ct)
    {
        var alert = await context.Api.PostAsync(path, body, ct);

        if (asJson)
            context.Json(alert);
        else
            context.Line($"It is {AlertCommands.Standing(context, alert)}: {alert.Text("summary")}");
        return ExitCodes.Done;
    }
}
