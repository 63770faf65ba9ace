using HotDash.Proxy.Limits;
using Microsoft.AspNetCore.Http;

namespace HotDash.Proxy.Tests;

public sealed class VerifiedKeysTests
{
    private static readonly Guid Key = Guid.Parse("0199f2a0-0000-7000-8000-000000000001");

    [Fact]
    public void A_key_is_forgotten_a_minute_after_it_was_verified()
    {
        var clock = new Clock();
        var keys = new VerifiedKeys(clock);
        keys.Learn(Exchange("hd_a", Key));

        clock.Pass(TimeSpan.FromSeconds(59));
        var known = keys.Find(Exchange("hd_a"));
        clock.Pass(TimeSpan.FromSeconds(1));
        var forgotten = keys.Find(Exchange("hd_a"));

        Assert.Equal(Key, known);
        Assert.Null(forgotten);
    }

    [Fact]
    public void Memory_is_bounded_and_makes_room_for_new_keys_as_old_ones_expire()
    {
        var clock = new Clock();
        var keys = new VerifiedKeys(clock);
        for (var i = 0; i < VerifiedKeys.Capacity; i++)
            keys.Learn(Exchange($"hd_{i}", Key));

        keys.Learn(Exchange("hd_late", Key));
        var whenFull = keys.Find(Exchange("hd_late"));
        clock.Pass(TimeSpan.FromMinutes(1));
        keys.Learn(Exchange("hd_late", Key));

        Assert.Null(whenFull);
        Assert.Equal(Key, keys.Find(Exchange("hd_late")));
    }

    [Theory]
    [InlineData("Basic aGQ6YQ==")]
    [InlineData("")]
    public void Only_bearer_tokens_are_keys(string authorization)
    {
        var keys = new VerifiedKeys(new Clock());
        var exchange = Exchange("hd_a", Key);
        exchange.Request.Headers.Authorization = authorization;

        keys.Learn(exchange);

        Assert.Null(keys.Find(exchange));
    }

    private static DefaultHttpContext Exchange(string token, Guid? verified = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {token}";
        if (verified is { } key)
            context.Response.Headers[VerifiedKeys.Header] = key.ToString();

        return context;
    }

    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += (long)(time.TotalSeconds * TimestampFrequency);
    }
}
