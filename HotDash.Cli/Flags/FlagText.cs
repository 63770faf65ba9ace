using System.Text.Json;

namespace HotDash.Cli.Flags;

/// <summary>A flag in words.</summary>
internal static class FlagText
{
    /// <summary>For whom it is on, apart from dates, overrides and the environment.</summary>
    public static string State(JsonElement flag) => (flag.Text("killed"), flag.Text("enabled")) switch
    {
        ("true", _) => "killed: off for everybody",
        (_, "") => "not set",
        (_, "false") => "off",
        _ => $"on for {flag.Text("effectivePercent")} %{Cohorts(flag)}",
    };

    /// <summary>What a change made of it.</summary>
    public static void PrintChanged(CliContext context, JsonElement flag, bool json)
    {
        if (json)
            context.Json(flag);
        else
            context.Line($"{flag.Text("name")} is {State(flag)} (version {flag.Text("version")}).");
    }

    private static string Cohorts(JsonElement flag) => flag.Texts("allowedCohorts") is { Length: > 0 } cohorts ? $" and {cohorts}" : "";
}
