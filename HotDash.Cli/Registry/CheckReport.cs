using System.Text.Json;

namespace HotDash.Cli.Registry;

/// <summary>What a check said of one integration.</summary>
internal sealed class CheckReport(JsonElement integration)
{
    private const string Good = "✅";
    private const string Bad = "❌";
    private const string Neither = "➖";

    public string Integration { get; } = integration.Text("key");

    public string Status { get; } = integration.Text("status");

    public JsonElement Answer => integration;

    /// <summary>Null when it was not asked since nobody wants it to be called.</summary>
    public bool? Ok => Status is "DISABLED" or "DISCONNECTED" ? null : Status is not "ERROR" && Probes.All(probe => probe.Text("outcome") is "ok");

    public IReadOnlyList<JsonElement> Probes => Ask is { } health ? [.. health.GetProperty("probes").EnumerateArray()] : [];

    /// <summary>One for each probe; and one for what no probe tells.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            foreach (var probe in Probes)
                yield return Line(probe);
            if (integration.TextOrNull("reason") is { } reason && !Probes.Any(probe => probe.Text("outcome") is "failed"))
                yield return $"{(Ok is false ? Bad : Neither)} {Integration} is {Status}: {reason}. {integration.Text("toDo")}";
        }
    }

    /// <summary>The health that this check found: an older one may stand beside a status for which nothing was asked.</summary>
    private JsonElement? Ask =>
        Status is not ("DISABLED" or "DISCONNECTED")
        && integration.GetProperty("missingCredentials").GetArrayLength() is 0
        && integration.GetProperty("health") is { ValueKind: JsonValueKind.Object } health ? health : null;

    private static string Line(JsonElement probe) => probe.Text("outcome") switch
    {
        "ok" => $"{Good} {probe.Text("name")}",
        "failed" => $"{Bad} {probe.Text("name")}: {probe.Text("happened")}. {probe.Text("toDo")}",
        _ => $"{Neither} {probe.Text("name")}: not asked",
    };
}
