using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Social;

public sealed class PostClaimsTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private JobQueue Queue => new(Store, NullLogger<JobQueue>.Instance);

    [Fact]
    public async Task While_another_claims_a_claim_comes_back_later_instead_of_queueing()
    {
        var jobId = await AcceptAsync();
        var sendJob = await ScalarAsync<Guid>("select send_job from social_posts where job_id = @jobId", new { jobId });

        await using var frozen = await Store.OpenConnectionAsync(Ct);
        await using var half = await frozen.BeginTransactionAsync(Ct);
        await Claims().ClaimAsync(half, jobId, sendJob, Ct);
        var meanwhile = await ClaimAsync(jobId, sendJob);
        await half.RollbackAsync(Ct);
        var afterwards = await ClaimAsync(jobId, sendJob);

        Assert.Null(meanwhile.Attempt);
        Assert.NotNull(meanwhile.Wait);
        Assert.NotNull(afterwards.Attempt);
    }

    private async Task<Claim> ClaimAsync(string jobId, Guid sendJob)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);

        return await Claims().ClaimAsync(transaction, jobId, sendJob, Ct);
    }

    private async Task<string> AcceptAsync()
    {
        var accepted = await PostIntakeTests.Intake(Store).AcceptAsync(
            new(Guid.Empty, "Hello", null, [new("acc-1", "facebook", "Shop")], null), Ct);

        return accepted.JobId!;
    }

    private PostClaims Claims() => new(Queue, Options.Create(new SocialOptions()));
}
