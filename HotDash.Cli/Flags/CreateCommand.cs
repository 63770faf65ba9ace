using System.CommandLine;

namespace HotDash.Cli.Flags;

internal static class CreateCommand
{
    public static Command Create(CliContext context)
    {
        var (name, reason, json) = (FlagCommands.Name(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var percent = new Option<decimal>("--percent") { Description = "The share of the users who have it: 0 to 100, in steps of 0.001." };
        var enabled = new Option<bool>("--enabled") { Description = "Switched on at once; else it is off." };
        var cohorts = new Option<string[]>("--cohort") { Description = "internal, beta or premium: they have it whatever the percentage. May be given several times." };
        var start = new Option<string>("--start") { Description = "Off before, such as 2026-12-01T00:00:00Z." };
        var end = new Option<string>("--end") { Description = "Off from then on." };
        var monotone = new Option<bool>("--monotone") { Description = "Lowering the percentage takes no one out who was in." };
        var command = new Command("create", "Makes a flag.") { name, reason, percent, enabled, cohorts, start, end, monotone, json };

        command.SetAction(async (parsed, ct) =>
        {
            var flag = await context.Api.PostAsync("/api/flags", new
            {
                name = parsed.GetValue(name),
                enabled = parsed.GetValue(enabled),
                rolloutPercent = parsed.GetValue(percent),
                allowedCohorts = parsed.GetValue(cohorts) ?? [],
                startDate = parsed.GetValue(start),
                endDate = parsed.GetValue(end),
                monotone = parsed.GetValue(monotone),
                reason = parsed.GetValue(reason),
            }, ct);

            FlagText.PrintChanged(context, flag, parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
