using Dapper;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using Npgsql;

namespace HotDash.ControlPlane.Calendar;

/// <summary>On which side of the flag a plan is, whoever posts it: else it would be strewn over the calendar and the examples.</summary>
internal static class PlanSide
{
    /// <summary>One that was live once stays that as long as the flag is on for anybody: who else would take out what is in the calendar?</summary>
    public static async Task<IntegrationState> OfAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, GoogleCalendarOptions calendar, string planId, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from calendar_events where source = @Source and plan_id = @planId)",
            new { calendar.Source, planId }, transaction, cancellationToken: ct))
            ? calendar.Overall
            : calendar.StateFor(new(planId));
}
