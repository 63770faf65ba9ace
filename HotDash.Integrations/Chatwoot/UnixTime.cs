namespace HotDash.Integrations.Chatwoot;

/// <summary>Chatwoot's times are seconds since 1970, some of them with fractions.</summary>
internal static class UnixTime
{
    private static readonly double Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset Read(double seconds) => seconds >= 0 && seconds < Last
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
        : throw new UnreadableReplyException("the reply has a time that is none");
}
