using HotDash.ControlPlane.Flags;

namespace HotDash.ControlPlane.Tests.Flags;

/// <summary>All over fixed users, so each run says the same.</summary>
public sealed class BucketTests
{
    private const int Users = 100_000;

    [Theory]
    [InlineData("checkout", "user-1", 33_523)]
    [InlineData("checkout", "user-2", 10_902)]
    [InlineData("checkout", "Zoë 🙂", 8_572)]
    public void A_users_bucket_never_changes(string salt, string user, int bucket)
    {
        Assert.Equal(bucket, Buckets.Of(salt, user));
    }

    [Fact]
    public void Whole_percentages_agree_with_the_hash_modulo_a_hundred()
    {
        Assert.All(Enumerable.Range(0, 1000), i =>
        {
            var hash = MurmurHash3.Hash(System.Text.Encoding.UTF8.GetBytes($"salt:user-{i}"));
            Assert.Equal((int)(hash % 100), Buckets.Of("salt", $"user-{i}") / 1000);
        });
    }

    [Fact]
    public void A_long_user_id_has_a_bucket_like_any_other()
    {
        var long1 = new string('ü', 2000);

        Assert.InRange(Buckets.Of("salt", long1), 0, 99_999);
        Assert.NotEqual(Buckets.Of("salt", long1), Buckets.Of("salt", long1 + "x"));
    }

    [Fact]
    public void Raising_the_percentage_takes_no_one_out()
    {
        var flags = Enumerable.Range(0, 101).Select(percent => Flag(percent * 1000)).ToList();

        Assert.All(Enumerable.Range(0, 500), user =>
        {
            var on = flags.Select(flag => flag.Decide($"user-{user}", null, TimeProvider.System).On).ToList();
            Assert.Equal(on.Order(), on);
            Assert.Equal((false, true), (on[0], on[^1]));
        });
    }

    [Fact]
    public void Users_spread_evenly_over_the_hundred_percentages()
    {
        var counts = new double[100];
        for (var user = 0; user < Users; user++)
            counts[Buckets.Of("spread", $"user-{user}") / 1000]++;

        Assert.InRange(ChiSquare(counts), 50, 160); // 99 degrees of freedom: a fair spread is outside once in 10,000
    }

    [Fact]
    public void And_within_each_percentage_over_its_thousandths()
    {
        var counts = new double[100];
        for (var user = 0; user < Users; user++)
            counts[Buckets.Of("fine", $"user-{user}") % 1000 / 10]++;

        Assert.InRange(ChiSquare(counts), 50, 160);
    }

    [Fact]
    public void Who_has_one_flag_says_nothing_about_another()
    {
        var counts = new double[4];
        for (var user = 0; user < Users; user++)
            counts[(Buckets.Of("one", $"user-{user}") < 50_000 ? 2 : 0) + (Buckets.Of("other", $"user-{user}") < 50_000 ? 1 : 0)]++;

        Assert.InRange(ChiSquare(counts), 0, 21.1); // 3 degrees of freedom: independent flags are outside once in 10,000
    }

    private static double ChiSquare(double[] counts)
    {
        var expected = (double)Users / counts.Length;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }

    private static CompiledFlag Flag(int percent) => Compiled.Of(flag => flag with { Enabled = true, RolloutPercent = new(percent) });
}
