using System.CommandLine;

namespace HotDash.Cli.Rollouts;

internal static class ContractCommand
{
    public static Command Create(CliContext context)
    {
        var (integration, json) = (new Argument<string>("integration") { Description = "Key of the integration, such as publer." }, CommonOptions.Json());
        var passed = new Option<int>("--passed") { Description = "Tests that passed.", Required = true };
        var failed = new Option<int>("--failed") { Description = "Tests that failed.", Required = true };
        var build = new Option<string>("--build") { Description = "Of which build: a commit, or a version.", Required = true };
        var command = new Command("contract", "Tells how an integration's contract suite ended, for whoever runs it; needs a key with the scope ingest.") { integration, passed, failed, build, json };

        command.SetAction(async (parsed, ct) =>
        {
            var body = new { integration = parsed.GetValue(integration), passed = parsed.GetValue(passed), failed = parsed.GetValue(failed), build = parsed.GetValue(build) };
            var answer = await context.Api.PostAsync("/api/rollouts/contract-results", body, ct);

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                context.Line($"It is noted: {answer.Text("passed")} passed and {answer.Text("failed")} failed, of build {answer.Text("build")}.");
            return ExitCodes.Done;
        });

        return command;
    }
}
