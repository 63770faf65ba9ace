using System.Globalization;
using System.Text;

namespace HotDash.Integrations.Tests.Docs;

/// <summary>docs/integrations.md, as the registrations have it.</summary>
internal static class IntegrationsPage
{
    private const string Head =
        """
        # Integrations

        Every integration, and below it every operation that it asks of its provider. Written from the registrations: after a change of one, run
        `HOTDASH_RENEW_DOCS=1 dotnet test --project tests/HotDash.Integrations.Tests -- --filter-class "*IntegrationsPageTests"`.

        *Tried*: hosts whose calls are made by jobs make one attempt, since the job's schedule is the retry ([errors.md](errors.md)). A write that is
        not repeated is so when it surely had no effect. *Limit*: of all processes together; `Integrations:Limits:<key>` sets another, in this notation.

        | | switched on by | needs | limit | tried | the same write twice | webhooks | source |
        |---|---|---|---|---|---|---|---|

        """;

    public static string Write(IEnumerable<IntegrationOptions> integrations)
    {
        var page = new StringBuilder(Head);
        foreach (var integration in integrations.OrderBy(integration => integration.Key, StringComparer.Ordinal))
        {
            Row(page, $"**{integration.Key}**", Switch(integration), Names(integration.Credentials), Limit(integration), Attempts(integration.Resilience),
                "", integration.Webhooks, $"`{integration.Source}`");
            foreach (var operation in integration.Operations)
                Row(page, $"`{operation.Name}`", "", "", "", operation.MayBeRepeated ? "repeated" : "once", operation.Idempotency ?? "", "", "");
        }

        return page.ToString();
    }

    private static void Row(StringBuilder page, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            page.Append(cell is "" ? "|" : $"| {cell} ");
        page.Append("|\n");
    }

    private static string Switch(IntegrationOptions integration) =>
        integration.Flags is [] ? $"nothing: `Integrations:{integration.Key}:RolledBack` takes it back" : Names(integration.Flags);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Limit(IntegrationOptions integration) =>
        integration.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{limit.Requests}/{Time(limit.Window)}") : "none known";

    private static string Attempts(ResilienceOptions resilience) => string.Create(CultureInfo.InvariantCulture,
        $"{resilience.Retry.MaxAttempts} times in {Time(resilience.Timeouts.Total)}, {Time(resilience.Timeouts.Attempt)} each; waits {Time(resilience.Retry.InitialBackoff)}, × {resilience.Retry.BackoffMultiplier}, at most {Time(resilience.Retry.MaxBackoff)}");

    /// <summary>As configuration writes it.</summary>
    private static string Time(TimeSpan time) => time switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour is 0 => $"{time.TotalHours}h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute is 0 => $"{time.TotalMinutes}m",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond is 0 => $"{time.TotalSeconds}s",
        _ => $"{time.TotalMilliseconds}ms",
    };
}
