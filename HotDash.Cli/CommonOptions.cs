using System.CommandLine;

namespace HotDash.Cli;

/// <summary>Options that many commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print what the api answers, for programs." };

    public static Option<string> Reason(bool required) => new("--reason") { Description = "Why; it is written down with your key's name.", Required = required };
}
