using System.CommandLine;

namespace HotDash.Cli.Flags;

/// <summary>The changes that are made in a hurry.</summary>
internal static class TurnCommands
{
    public static Command Enable(CliContext context) => Turn(context, "enable", "Switches it on for a share of the users.", Percentage("percent", "0 to 100, in steps of 0.001."));

    public static Command Rollback(CliContext context) => Turn(context, "rollback", "Lowers the percentage, at most to 0.", Percentage("decrement", "By how much: 0 to 100."));

    public static Command Disable(CliContext context) => Turn(context, "disable", "Switches it off.");

    public static Command Kill(CliContext context) => Turn(context, "kill", "Off for everybody, whatever the environment and overrides say.");

    public static Command Unkill(CliContext context) => Turn(context, "unkill", "Takes the kill switch back.");

    private static Option<decimal> Percentage(string name, string description) => new($"--{name}") { Description = description, Required = true };

    private static Command Turn(CliContext context, string verb, string description, Option<decimal>? percentage = null)
    {
        var (name, reason, version, json) = (FlagCommands.Name(), CommonOptions.Reason(required: true), FlagCommands.Version(), CommonOptions.Json());
        var command = new Command(verb, description) { name, reason, version, json };
        if (percentage is not null)
            command.Add(percentage);

        command.SetAction(async (parsed, ct) =>
        {
            var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = parsed.GetValue(reason) };
            if (percentage is not null)
                body[percentage.Name.TrimStart('-')] = parsed.GetValue(percentage);
            var flag = await context.Api.ChangeAsync(
                HttpMethod.Post, $"{FlagCommands.Path(parsed.GetValue(name)!)}/{verb}", body, parsed.GetValue(version), ct);

            FlagText.PrintChanged(context, flag, parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
