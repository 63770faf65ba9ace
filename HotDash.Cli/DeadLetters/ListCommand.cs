using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class ListCommand
{
    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists letters, newest first.", "/api/dead-letters", "letters", LetterFilters.Letters(),
        ("id", row => row.Text("id")),
        ("kept", row => row.Time("keptAt")),
        ("state", row => row.Text("state")),
        ("integration", row => row.Text("integration")),
        ("operation", row => row.Text("operation")),
        ("failure", row => row.Text("failure")),
        ("summary", row => row.Text("summary")));
}
