using System.Text.Json;
using HotDash.ControlPlane.Audit;

namespace HotDash.Api.Features.Audit;

/// <summary>An entry as callers see it.</summary>
/// <param name="Seq">Its number in the chain; null while it has none, for a second at most.</param>
/// <param name="Hash">In hexadecimal.</param>
internal sealed record EntryView(
    long Id, long? Seq, DateTimeOffset At, string Kind, string ObjectId, string Action, string Actor, string? Reason,
    JsonElement? Before, JsonElement? After, string? TraceId, string? Hash)
{
    public static EntryView Of(AuditEntry entry) => new(
        entry.Id, entry.Seq, new(entry.At), entry.Kind, entry.ObjectId, entry.Action, entry.Actor, entry.Reason,
        Read(entry.Before), Read(entry.After), entry.TraceId, entry.Hash is { } hash ? Convert.ToHexStringLower(hash) : null);

    private static JsonElement? Read(string? json) => json is null ? null : JsonElement.Parse(json);
}
