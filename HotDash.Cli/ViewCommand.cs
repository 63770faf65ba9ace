using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli;

/// <summary>A command that asks the api one thing about one object: people read a text, programs the answer.</summary>
internal static class ViewCommand
{
    /// <param name="context">What it uses of the outside.</param>
    /// <param name="name">Of the command.</param>
    /// <param name="about">What it does, for its help.</param>
    /// <param name="subject">The object.</param>
    /// <param name="path">Where the api answers for it.</param>
    /// <param name="print">For people.</param>
    /// <param name="good">Whether the answer is a good one, for the exit code; null where any is.</param>
    public static Command Create<T>(
        CliContext context, string name, string about, Argument<T> subject, Func<T, string> path, Action<CliContext, JsonElement> print, Func<JsonElement, bool>? good = null)
    {
        var json = CommonOptions.Json();
        var command = new Command(name, about) { subject, json };

        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.GetAsync(path(parsed.GetValue(subject)!), ct);
            if (parsed.GetValue(json))
                context.Json(answer);
            else
                print(context, answer);

            return good?.Invoke(answer) is false ? ExitCodes.Partly : ExitCodes.Done;
        });

        return command;
    }
}
