using System.Security.Cryptography;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.ControlPlane.Tests.Audit;

public sealed class CheckpointTests(PostgresFixture postgres) : AuditTest(postgres)
{
    private const string Public = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsfHGI4S0IFnzOLsUpftMmYMv+NpC/ROe90QNhzQzQXKk37ABzaULsABGMIBDSk4dl6ccF7jvW6qd5HwxFpyhhA==";

    [Fact]
    public async Task A_checkpoint_is_made_after_so_many_entries_or_so_long()
    {
        var options = Configured();
        (options.Value.CheckpointRows, options.Value.CheckpointEvery) = (10, TimeSpan.FromMinutes(5));
        using var keeper = new CheckpointKeeper(Store, options, NullLogger<CheckpointKeeper>.Instance);
        using var later = new CheckpointKeeper(After(TimeSpan.FromMinutes(6)), options, NullLogger<CheckpointKeeper>.Instance);
        var signed = new List<long?>();

        foreach (var (to, by) in new[] { (1, keeper), (5, keeper), (11, keeper), (12, keeper), (12, later), (12, later) })
        {
            await ChainedAsync((int)await ScalarAsync<long>("select count(*) + 1 from audit_entries"), to);
            await by.KeepAsync(Ct);
            signed.Add((await VerifyAsync()).Checkpoints.LastSeq);
        }

        Assert.Equal([1, 1, 11, 11, 12, 12], signed);
        Assert.Equal(3, (await VerifyAsync()).Checkpoints.Count);
    }

    [Fact]
    public async Task Of_several_processes_with_one_folder_one_writes()
    {
        await ChainedAsync(1, 3);
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var other = await connection.BeginTransactionAsync(Ct);
        await other.QueryFirstAsync<AuditHead>($"{AuditHead.Sql} for update", new { }, Ct);

        await SignAsync();
        var meanwhile = (await VerifyAsync()).Checkpoints.Count;
        await other.RollbackAsync(Ct);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SignAsync()));
        var lines = await File.ReadAllLinesAsync((await VerifyAsync()).Checkpoints.File!, Ct);

        Assert.Equal(0, meanwhile);
        Assert.Single(lines);
    }

    [Fact]
    public void A_key_signs_and_knows_its_own_signatures_alone()
    {
        using var key = new CheckpointKey("only for tests, and long");
        using var same = new CheckpointKey("only for tests, and long");
        using var other = new CheckpointKey("another one, just as long");
        var made = Checkpoint.TryParse(Checkpoint.Of(new(Guid.NewGuid(), 5, [1, 2, 3], new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc)), key).ToLine())!;

        Assert.True(same.HasSigned(made));
        Assert.False(other.HasSigned(made));
        Assert.False(key.HasSigned(made with { Seq = 6 }));
        Assert.False(key.HasSigned(made with { Log = Guid.Empty }));
        Assert.False(key.HasSigned(made with { Signature = "none" }));
    }

    [Fact]
    public async Task Who_has_the_public_key_alone_verifies_and_cannot_sign()
    {
        await ChainedAsync(1, 3);
        await SignAsync();
        var known = (await VerifyAsync()).Checkpoints.PublicKey!;

        var verdict = await new AuditVerifier(Store, Verifying(known)).VerifyAsync(null, Ct);
        await ChainedAsync(4, 5);
        using var keeper = new CheckpointKeeper(Store, Verifying(known), NullLogger<CheckpointKeeper>.Instance);
        await keeper.KeepAsync(Ct);

        Assert.Equal((true, 1, known), (verdict.Ok, verdict.Checkpoints.Count, verdict.Checkpoints.PublicKey));
        Assert.ThrowsAny<CryptographicException>(() => CheckpointKey.TryReadPublic(known)!.Sign([1]));
        Assert.Equal(3, (await VerifyAsync()).Checkpoints.LastSeq);
    }

    [Theory]
    [InlineData("AUDIT_KEY is missing", "", "/somewhere")]
    [InlineData("AUDIT_FOLDER is missing", "only for tests, and long", "")]
    [InlineData("AUDIT_KEY is shorter", "short", "/somewhere")]
    [InlineData("AUDIT_FOLDER must be the full path", "only for tests, and long", "somewhere")]
    [InlineData("AUDIT_PUBLIC_KEY is no public key", "", "/somewhere", "bm9uZQ==")]
    [InlineData("AUDIT_PUBLIC_KEY is no public key", "", "/somewhere", "none!")]
    [InlineData("AUDIT_FOLDER is missing", "", "", Public)]
    [InlineData("AUDIT_KEY and AUDIT_PUBLIC_KEY", "only for tests, and long", "/somewhere", Public)]
    public void A_host_that_could_not_sign_or_verify_names_the_variable(string refusal, string key, string folder, string known = "")
    {
        var options = new AuditOptions();
        options.Read(new ConfigurationBuilder().AddInMemoryCollection([new("AUDIT_KEY", key), new("AUDIT_FOLDER", folder), new("AUDIT_PUBLIC_KEY", known)]).Build());

        var checkedOptions = new AuditOptions.Check().Validate(null, options);

        Assert.StartsWith(refusal, checkedOptions.FailureMessage, StringComparison.Ordinal);
    }
}
