namespace HotDash.Api.Features.Stream;

internal static class StreamRegistration
{
    public static void AddStream(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EventStreamOptions>().BindConfiguration("Stream")
            .Validate(options => options.Heartbeat > TimeSpan.Zero, "Stream:Heartbeat must be longer than nothing.")
            .Validate(options => options.MaxReaders > 0, "Stream:MaxReaders must be at least 1.").ValidateOnStart();
        builder.Services.AddSingleton<EventStream>();
    }
}
