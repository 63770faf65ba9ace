using System.CommandLine;

namespace HotDash.Cli.Support;

/// <summary><c>hotdash support</c>.</summary>
internal static class SupportCommands
{
    public static Command Create(CliContext context) => new("support", "Conversations with customers.")
    {
        TranscriptCommand.Create(context),
        LabelCommands.Create(context),
        CategoriesCommand.Create(context),
    };

    public static Argument<long> Conversation() => new("conversation") { Description = "Its number, as Chatwoot shows it." };

    public static string Path(long conversation, string part) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/api/support/conversations/{conversation}/{part}");
}
