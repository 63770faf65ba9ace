using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Audit;

internal static class ListEntries
{
    private const int MaxText = 200;

    public sealed record Reply(IReadOnlyList<EntryView> Entries, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        AuditReads audit,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("flag, rollout, key, integration, dead-letter, replay, post, plan, idea, approval, webhook, alert, label or conversation")] string? kind = null,
        [Description("name or id of what was changed")] string? objectId = null,
        [Description("name or id of a key, or HotDash")] string? actor = null,
        [Description("RFC 3339; changed at this time or later")] string? from = null,
        [Description("RFC 3339; changed before this time")] string? to = null)
    {
        var errors = new FieldErrors();
        errors.Require(kind is null || AuditKinds.All.Contains(kind, StringComparer.Ordinal), "kind", $"must be one of {string.Join(", ", AuditKinds.All)}.");
        var filter = new AuditFilter(
            kind, errors.Optional("objectId", objectId, MaxText), errors.Optional("actor", actor, MaxText), errors.Time("from", from), errors.Time("to", to));
        var (after, limit) = page.Read<AuditPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await audit.ListAsync(filter, after, limit, ct);
        return TypedResults.Ok(new Reply([.. found.Items.Select(EntryView.Of)], found.Next?.ToString()));
    }
}
