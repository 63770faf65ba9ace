using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase;

/// <summary>Notes what a request has done to a table.</summary>
internal sealed class SupabaseLedger(EffectLedger ledger, TimeProvider clock)
{
    /// <summary>The transaction's time, in the microseconds that Postgres keeps.</summary>
    public DateTimeOffset Now => new(clock.GetUtcNow().Ticks / 10 * 10, TimeSpan.Zero);

    public void Note(HttpContext context, string operation, Table table, IReadOnlyList<Row> rows) =>
        ledger.Add("supabase", clock.GetUtcNow(), $"{table.Name}.{operation}", new JsonObject
        {
            ["table"] = table.Name,
            ["rows"] = new JsonArray([.. rows.Select(row => row.ToJson())]),
        }, context.Request.Headers.TraceParent);
}
