using System.Security.Cryptography;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Social;

public sealed class PostIntakeTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_post_and_its_job_are_stored_together()
    {
        var accepted = await Intake(Store).AcceptAsync(Post(), Ct);

        Assert.Equal(AcceptanceResult.Accepted, accepted.Result);
        Assert.Equal(1, await ScalarAsync<long>("select count(*) from social_posts p join jobs j on j.id = p.send_job where p.job_id = @JobId", accepted));
    }

    [Fact]
    public async Task The_stores_clock_decides_whether_a_time_is_far_enough_ahead()
    {
        var time = DateTimeOffset.UtcNow.AddMinutes(30);

        var now = await Intake(Store).AcceptAsync(Post() with { ScheduledAt = time }, Ct);
        var later = await Intake(After(TimeSpan.FromMinutes(29.5))).AcceptAsync(Post() with { ScheduledAt = time }, Ct);

        Assert.Equal((AcceptanceResult.Accepted, AcceptanceResult.TooSoon), (now.Result, later.Result));
        Assert.Equal(1, await ScalarAsync<long>("select count(*) from social_posts"));
    }

    [Fact]
    public async Task A_refused_post_does_not_use_up_its_idempotency_key()
    {
        var key = Key("k");

        await Intake(Store).AcceptAsync(Post() with { ScheduledAt = DateTimeOffset.UtcNow, IdempotencyKey = key }, Ct);
        var accepted = await Intake(Store).AcceptAsync(Post() with { IdempotencyKey = key }, Ct);

        Assert.Equal(AcceptanceResult.Accepted, accepted.Result);
    }

    [Fact]
    public async Task An_idempotency_key_is_forgotten_after_its_time()
    {
        var accepted = await Intake(Store).AcceptAsync(Post() with { IdempotencyKey = Key("k") }, Ct);

        await new SocialLedger(After(TimeSpan.FromDays(6))).PruneIdempotencyKeysAsync(TimeSpan.FromDays(7), Ct);
        var remembered = await Intake(Store).RecallAsync(Key("k"), Ct);
        await new SocialLedger(After(TimeSpan.FromDays(8))).PruneIdempotencyKeysAsync(TimeSpan.FromDays(7), Ct);
        var forgotten = await Intake(Store).RecallAsync(Key("k"), Ct);

        Assert.Equal((accepted, null), (remembered, forgotten));
    }

    [Fact]
    public async Task Mock_jobs_are_numbered()
    {
        var first = await Intake(Store, Integration.Off).AcceptAsync(Post(), Ct);
        var second = await Intake(Store, Integration.Off).AcceptAsync(Post(), Ct);

        Assert.StartsWith("mock-job-1-", first.JobId, StringComparison.Ordinal);
        Assert.StartsWith("mock-job-2-", second.JobId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_a_live_write_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => Intake(Store, Integration.WithoutCredentials).AcceptAsync(Post(), Ct));

        Assert.Equal(IntegrationCodes.CredentialsMissing, refusal.Code);
    }

    internal static PostIntake Intake(NpgsqlDataSource store, PublerOptions? publer = null)
    {
        var queue = new JobQueue(store, NullLogger<JobQueue>.Instance);
        var approvals = new ApprovalStore(store, new(new EphemeralDataProtectionProvider()), queue, new([]), Options.Create(new ApprovalOptions()));

        return new(store, queue, approvals, publer ?? Integration.Live);
    }

    private static NewPost Post() => new(Guid.Empty, "Hello", null, [new("acc-1", "facebook", "Shop")], null);

    private static IdempotencyKey Key(string key) => new(Guid.Empty, key, SHA256.HashData("request"u8));
}
