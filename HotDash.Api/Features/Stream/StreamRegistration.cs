namespace HotDash.Api.Features.Stream;

internal static class StreamRegistration
{
    public static void AddStream(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EventStreamOptions>().BindConfiguration("Stream")
            .Validate(options => options.Heartbeat > TimeSpan.Zero, "Stream:Heartbeat must be longer than nothing.").ValidateOnStart();
        builder.Services.AddSingleton<EventStream>();
    }
}
