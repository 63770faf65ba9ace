using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Social;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Social;

internal static class ListPosts
{
    public enum Status { Pending, Processing, Complete, Failed }

    public sealed record Item(PostStatus Status, string Text);

    public sealed record Reply(bool Ok, IReadOnlyList<Item> Posts, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        PostReads posts,
        CancellationToken ct,
        [Description("pending, processing, complete or failed")] string? status = null,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        errors.OneOf<Status>("status", status);
        var after = errors.Cursor(cursor, PostPosition.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        var page = await posts.ListAsync(status, after, count, ct);
        return TypedResults.Ok(new Reply(true, [.. page.Items.Select(post => new Item(PostStatus.Of(post), post.Text))], page.Next?.ToString()));
    }
}
