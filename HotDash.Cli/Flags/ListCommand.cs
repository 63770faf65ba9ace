using System.CommandLine;

namespace HotDash.Cli.Flags;

internal static class ListCommand
{
    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists flags by name.", "/api/flags", "flags", new FilterOptions(),
        ("flag", row => row.Text("name")),
        ("state", FlagText.State),
        ("version", row => row.Text("version")),
        ("changed", row => row.Time("changedAt")),
        ("by", row => row.Text("changedBy")));
}
