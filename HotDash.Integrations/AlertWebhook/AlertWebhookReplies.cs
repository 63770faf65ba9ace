namespace HotDash.Integrations.AlertWebhook;

internal static class AlertWebhookReplies
{
    /// <summary>A receiver takes messages and may know nothing else: that it answers at all is what a look wants to see.</summary>
    public static ReplyReading Read(HttpResponseMessage reply, DateTimeOffset now)
    {
        var standard = ReplyReading.Standard(reply, now);

        return reply.RequestMessage?.Method == HttpMethod.Options && standard.Status is >= 400 and < 500 or 501 ? new(204) : standard;
    }
}
