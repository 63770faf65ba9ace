using System.CommandLine;

namespace HotDash.Cli.Runbooks;

/// <summary><c>hotdash activate</c>.</summary>
internal static class ActivateCommand
{
    private const string All = "all";

    /// <summary>First what only we read, then what speaks for the merchant, then what only counts.</summary>
    private static readonly string[] InOrder = ["supabase", "publer", "google-analytics", "search-console"];

    public static Command Create(CliContext context)
    {
        var which = new Argument<string>("integration") { Description = $"Key of the integration; or {All}: {string.Join(", ", InOrder)}." };
        var (reason, json) = (CommonOptions.Reason(required: true), CommonOptions.Json());
        var command = new Command("activate", "Makes an integration live for all, looks at everything that this takes, and stops at the first cross.") { which, reason, json };

        command.SetAction(async (parsed, ct) =>
        {
            var steps = new StepList(context, parsed.GetValue(json));
            var changed = new List<string>();
            foreach (var key in parsed.GetValue(which) is All ? InOrder : [parsed.GetValue(which)!])
            {
                var activation = new Activation(context, key, parsed.GetValue(reason)!);
                await RunAsync(activation, key, steps, ct);
                if (activation.HasChanged)
                    changed.Insert(0, $"hotdash rollback {key} --reason \"…\"");
                if (steps.Failed)
                    break;
            }

            return steps.End(changed is [] ? "Nothing was changed" : "To go back", changed);
        });

        return command;
    }

    private static async Task RunAsync(Activation activation, string key, StepList steps, CancellationToken ct)
    {
        steps.Heading(key);
        await foreach (var step in activation.StepsAsync(ct))
        {
            steps.Add(key, step);
            if (steps.Failed)
                break;
        }
    }
}
