using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Publer;

/// <summary>Listing, changing and deleting posts.</summary>
internal static class PostEndpoints
{
    private const int PerPage = 10;

    public static void MapPosts(this RouteGroupBuilder api, PublerWorkspace workspace)
    {
        api.MapGet("/posts", (HttpContext context) => List(context, workspace));
        api.MapPut("/posts/{id}", (string id, HttpContext context) => ChangeAsync(id, context, workspace));
        api.MapDelete("/posts", (HttpContext context) => Delete(context, workspace));
    }

    private static IResult List(HttpContext context, PublerWorkspace workspace)
    {
        var query = context.Request.Query;
        var (from, to) = (Day(query["from"]), Day(query["to"]));
        if (query.ContainsKey("from") != query.ContainsKey("to") || (query.ContainsKey("from") && (from is null || to is null)))
            return PublerReply.Refuse(context, 400, "from and to must be given together, as dates");

        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var found = workspace.Posts()
            .Where(post => from is null || ((post.ScheduledAt ?? post.CreatedAt) >= from && (post.ScheduledAt ?? post.CreatedAt) < to))
            .Where(post => IsIn(post, [.. query["state"], .. query["state[]"]]))
            .Where(post => Any([.. query["account_ids"], .. query["account_ids[]"]], post.Account.Id))
            .Where(post => query["query"] is not [{ Length: > 0 } text] || post.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(post => post.ScheduledAt ?? post.CreatedAt)
            .ToList();

        return PublerReply.Ok(new
        {
            posts = found.Skip(page * PerPage).Take(PerPage).Select(post => post.Summary),
            total = found.Count,
            page,
            per_page = PerPage,
            total_pages = (found.Count + PerPage - 1) / PerPage,
        });
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext context, PublerWorkspace workspace)
    {
        var body = await context.Request.ReadFromJsonAsync<JsonObject>(CancellationToken.None);
        if (body?["post"]?["text"]?.GetValue<string>() is not { Length: > 0 } text)
            return PublerReply.Refuse(context, 422, "Text can't be blank");

        var found = workspace.Change(
            id, post => post.State is "published" ? null : post with { Text = text }, "post.changed", context.Request.Headers.TraceParent);
        return found switch
        {
            null => PublerReply.Refuse(context, 404, "Post not found"),
            { State: "published" } => PublerReply.Refuse(context, 422, "A published post can't be changed on this network"),
            _ => PublerReply.Ok((found with { Text = text }).Summary),
        };
    }

    private static IResult Delete(HttpContext context, PublerWorkspace workspace)
    {
        string?[] asked = [.. context.Request.Query["post_ids"], .. context.Request.Query["post_ids[]"]];

        return asked is []
            ? PublerReply.Refuse(context, 400, "post_ids can't be blank")
            : PublerReply.Ok(new { deleted_ids = asked.Where(id => workspace.Delete(id!, context.Request.Headers.TraceParent)).ToArray() });
    }

    // Of the many finer states the sandbox has none but published_posted, which is what its published posts are.
    private static bool IsIn(Post post, string?[] states) =>
        states is [] || states.Any(state => state is "all" || post.State == state || (state == $"{post.State}_posted"));

    private static bool Any(string?[] wanted, string id) => wanted is [] || wanted.Contains(id, StringComparer.Ordinal);

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
