using System.CommandLine;
using System.CommandLine.Invocation;
using HotDash.Cli.Alerts;
using HotDash.Cli.Approvals;
using HotDash.Cli.Audit;
using HotDash.Cli.Commerce;
using HotDash.Cli.DeadLetters;
using HotDash.Cli.Flags;
using HotDash.Cli.Keys;
using HotDash.Cli.Registry;
using HotDash.Cli.Rollouts;
using HotDash.Cli.Runbooks;
using HotDash.Cli.Support;
using HotDash.Cli.Webhooks;

namespace HotDash.Cli;

/// <summary>All commands, and how a run of one ends.</summary>
internal static class CliHost
{
    private const string About =
        """
        hotdash, the operator's commands of HotDash. They ask the api:
          HOTDASH_URL  its address, such as http://localhost:8080
          HOTDASH_KEY  a key (hd_…); it is never given on the command line, where others could read it

        Exit codes: 0 done · 1 done, but not all of it (a replay stopped, letters failed again, a check or a verification found something) · 2 not understood or refused
                    3 no key, or one that may not do that · 4 HotDash does not answer, or failed
        """;

    public static async Task<int> RunAsync(string[] args, CliContext context)
    {
        var root = new RootCommand(About)
        {
            CheckCommand.Create(context),
            DeadLetterCommands.Create(context),
            FlagCommands.Create(context),
            IntegrationCommands.Create(context),
            ApprovalCommands.Create(context),
            AuditCommands.Create(context),
            CommerceCommands.Create(context),
            RolloutCommands.Create(context),
            SupportCommands.Create(context),
            WebhookCommands.Create(context),
            AlertCommands.Create(context),
            KeyCommands.Create(context),
            IndicatorsCommand.Create(context),
            ActivateCommand.Create(context),
            RollbackCommand.Create(context),
        };
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            return await MisunderstoodAsync(parsed, context);

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false });
        }
        catch (CliException e)
        {
            await context.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Partly;
        }
    }

    private static async Task<int> MisunderstoodAsync(ParseResult parsed, CliContext context)
    {
        foreach (var error in parsed.Errors)
            await context.Error.WriteLineAsync(error.Message);
        await context.Error.WriteLineAsync($"Try: hotdash {string.Concat(Names(parsed.CommandResult))}--help");

        return ExitCodes.Refused;
    }

    private static IEnumerable<string> Names(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? [.. Names(parent), $"{command.Command.Name} "] : [];
}
