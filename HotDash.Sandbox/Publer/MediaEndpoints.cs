namespace HotDash.Sandbox.Publer;

/// <summary>Media, as little as posts with pictures need.</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this RouteGroupBuilder api, PublerWorkspace workspace, PublerSettings settings)
    {
        api.MapPost("/media", (Delegate)UploadAsync).DisableAntiforgery();
        api.MapPost("/media/from-url", (HttpContext context) =>
            PublerReply.Job(settings.Wrapped, new { job_id = workspace.Accept(null, publish: false, context.Request.Headers.TraceParent) }));
        api.MapGet("/media", (HttpContext context) =>
            context.Request.Query is { } query && query.ContainsKey("types[]") && query.ContainsKey("used[]")
                ? PublerReply.Ok(new { items = Array.Empty<object>(), total = 0 })
                : PublerReply.Refuse(context, 400, "types[] and used[] are required"));
    }

    private static async Task<IResult> UploadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync()).Files.GetFile("file") is not { } file)
            return PublerReply.Refuse(context, 400, "file is missing");

        return PublerReply.Ok(new
        {
            id = $"media-{file.FileName}",
            path = $"https://media.example/{Uri.EscapeDataString(file.FileName)}",
            thumbnail = $"https://media.example/thumbnails/{Uri.EscapeDataString(file.FileName)}",
            validity = new { },
            width = 1200,
            height = 630,
            type = "photo",
            name = file.FileName,
        });
    }
}
