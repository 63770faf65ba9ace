using System.CommandLine;

namespace HotDash.Cli.Approvals;

internal static class GradeCommand
{
    public static Command Create(CliContext context)
    {
        var id = ApprovalCommands.Id();
        var (tone, accuracy, policy) = (Part("--tone"), Part("--accuracy"), Part("--policy"));
        var comment = new Option<string>("--comment") { Description = "What should be different. Without a customer's words: others can read a command line." };
        var command = new Command("grade", "Says how good it is; your former grade is replaced.") { id, tone, accuracy, policy, comment };

        command.SetAction(async (parsed, ct) =>
        {
            var body = new { tone = parsed.GetValue(tone), accuracy = parsed.GetValue(accuracy), policy = parsed.GetValue(policy), comment = parsed.GetValue(comment) };
            await context.Api.PostAsync($"{ApprovalCommands.Path(parsed.GetValue(id))}/grade", body, ct);
            context.Line("Graded.");
            return ExitCodes.Done;
        });

        return command;
    }

    private static Option<int> Part(string name) => new(name) { Description = "1 (bad) to 5 (good).", Required = true };
}
