using HotDash.ControlPlane.Social;
using HotDash.Integrations.Publer;

namespace HotDash.ControlPlane.Tests.Social;

public sealed class PostMatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Noon.AddDays(2);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_same_text_on_the_same_account_made_after_the_call_began_is_the_effect() =>
        Assert.Equal("p", Find(AtOnce(), Record()));

    [Theory]
    [InlineData("Hello\r\nworld ")]
    [InlineData(" Hello\nworld")]
    public void Line_ends_and_blanks_around_the_text_do_not_matter(string text) =>
        Assert.Equal("p", Find(AtOnce(), Record() with { Text = text }));

    [Fact]
    public void Another_text_is_not_it() => Assert.Null(Find(AtOnce(), Record() with { Text = "Hello" }));

    [Fact]
    public void Another_account_is_not_it() => Assert.Null(Find(AtOnce(), Record() with { AccountId = "acc-2" }));

    [Fact]
    public void A_draft_is_not_it() => Assert.Null(Find(AtOnce(), Record() with { State = "draft_public" }));

    [Fact]
    public void What_was_made_before_the_call_began_is_not_it() =>
        Assert.Null(Find(AtOnce(), Record() with { CreatedAt = Noon - Skew - TimeSpan.FromSeconds(1) }));

    [Fact]
    public void Clocks_may_differ_a_little() => Assert.Equal("p", Find(AtOnce(), Record() with { CreatedAt = Noon - Skew }));

    [Fact]
    public void Without_a_time_of_creation_the_time_of_publication_tells() =>
        Assert.Null(Find(AtOnce(), Record() with { CreatedAt = null, ScheduledAt = Noon.AddHours(-1) }));

    [Fact]
    public void What_is_scheduled_for_later_is_not_what_was_published_at_once() =>
        Assert.Null(Find(AtOnce(), Record() with { ScheduledAt = Later }));

    [Fact]
    public void The_effect_of_another_post_of_ours_is_not_it() =>
        Assert.Empty(PostMatch.Find(AtOnce(), [Record()], new HashSet<string>(["p"]), Skew));

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void A_scheduled_post_is_known_by_its_time_to_the_minute(int seconds, bool isIt) =>
        Assert.Equal(isIt ? "p" : null, Find(Scheduled(), Record() with { ScheduledAt = Later.AddSeconds(seconds) }));

    [Fact]
    public void A_look_up_reads_the_days_around_what_it_looks_for()
    {
        var (from, to) = PostMatch.Days(Scheduled(), Skew);

        Assert.True(from < Later && to > Later);
        Assert.True(to - from < TimeSpan.FromMinutes(5));
    }

    private static string? Find(AttemptInFlight attempt, PublerPostRecord record) =>
        PostMatch.Find(attempt, [record], new HashSet<string>(), Skew).GetValueOrDefault(attempt.Targets[0])?.Id;

    private static AttemptInFlight AtOnce() =>
        new(Guid.Empty, AttemptPhase.Unknown, Scheduled: false, Noon, TimeSpan.FromMinutes(1), null, null, [new("job", "acc-1", "Hello\nworld", null)]);

    private static AttemptInFlight Scheduled() => AtOnce() with { Scheduled = true, Targets = [new("job", "acc-1", "Hello\nworld", Later)] };

    private static PublerPostRecord Record() => new("p", "Hello\nworld", "acc-1", "published", null, Noon.AddSeconds(5), null);
}
