using System.CommandLine;

namespace HotDash.Cli.Rollouts;

internal static class ListCommand
{
    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists rollouts by flag.", "/api/rollouts", "rollouts", new FilterOptions(),
        ("flag", row => row.Text("flag")),
        ("state", row => row.Text("state")),
        ("stage", RolloutText.Stage),
        ("target", row => row.Text("targetStage")),
        ("verdict", row => row.Text("verdict")),
        ("checked", row => row.Time("checkedAt")));
}
