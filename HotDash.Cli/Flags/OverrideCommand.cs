using System.CommandLine;

namespace HotDash.Cli.Flags;

internal static class OverrideCommand
{
    public static Command Create(CliContext context)
    {
        var (name, why, version, json) = (FlagCommands.Name(), CommonOptions.Reason(required: true), FlagCommands.Version(), CommonOptions.Json());
        var user = new Argument<string>("user") { Description = "Id of the user; of an integration's flag: the id of a key, a post or a plan." };
        var to = new Argument<string>("to") { Description = "on, off, or clear: as for everybody." };
        to.AcceptOnlyFromAmong("on", "off", "clear");
        var command = new Command("override", "Sets it for one user.") { name, user, to, why, version, json };

        command.SetAction(async (parsed, ct) =>
        {
            var path = $"{FlagCommands.Path(parsed.GetValue(name)!)}/overrides/{Uri.EscapeDataString(parsed.GetValue(user)!)}";
            var reason = parsed.GetValue(why)!;
            var flag = parsed.GetValue(to) is "clear"
                ? await context.Api.ChangeAsync(HttpMethod.Delete, $"{path}?reason={Uri.EscapeDataString(reason)}", null, parsed.GetValue(version), ct)
                : await context.Api.ChangeAsync(HttpMethod.Put, path, new { on = parsed.GetValue(to) is "on", reason }, parsed.GetValue(version), ct);

            FlagText.PrintChanged(context, flag, parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
