using System.CommandLine;

namespace HotDash.Cli.Approvals;

/// <summary>What one person decides about one action.</summary>
internal static class DecideCommands
{
    public static Command Approve(CliContext context)
    {
        var hash = ApprovalCommands.Hash();
        return Decision(context, "approve", "Approves exactly what the hash stands for.", parsed => new { hash = parsed.GetValue(hash) }, hash);
    }

    public static Command Reject(CliContext context)
    {
        var (hash, reason) = (ApprovalCommands.Hash(), CommonOptions.Reason(required: true));
        return Decision(context, "reject", "Decides that it shall not be done.", parsed => new { hash = parsed.GetValue(hash), reason = parsed.GetValue(reason) }, hash, reason);
    }

    public static Command Settle(CliContext context)
    {
        var (happened, reason) = (new Option<bool>("--happened") { Description = "true or false: whether it had its effect.", Required = true }, CommonOptions.Reason(required: true));
        return Decision(
            context, "settle", "Says of one whose outcome is unknown what you found at the provider.",
            parsed => new { happened = parsed.GetValue(happened), reason = parsed.GetValue(reason) }, happened, reason);
    }

    private static Command Decision(CliContext context, string verb, string description, Func<ParseResult, object> body, params Option[] options)
    {
        var (id, json) = (ApprovalCommands.Id(), CommonOptions.Json());
        var command = new Command(verb, description) { id, json };
        Array.ForEach(options, command.Add);

        command.SetAction(async (parsed, ct) =>
        {
            ApprovalCommands.Print(context, await context.Api.PostAsync($"{ApprovalCommands.Path(parsed.GetValue(id))}/{verb}", body(parsed), ct), parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
