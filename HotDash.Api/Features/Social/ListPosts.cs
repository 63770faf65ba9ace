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
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("pending, processing, complete or failed")] string? status = null)
    {
        var errors = new FieldErrors();
        errors.OneOf<Status>("status", status);
        var (after, limit) = page.Read<PostPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await posts.ListAsync(status, after, limit, ct);
        return TypedResults.Ok(new Reply(true, [.. found.Items.Select(post => new Item(PostStatus.Of(post), post.Text))], found.Next?.ToString()));
    }
}
