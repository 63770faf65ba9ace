using System.Net;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;
using HotDash.Pollers.Jobs.Approvals;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs.Approvals;

public sealed class MirrorGradesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Grades_stay_here_until_Supabase_has_them_as_they_are_now()
    {
        using var supabase = new StubProvider().Replies(HttpStatusCode.NotFound).Replies(HttpStatusCode.Created).Replies(HttpStatusCode.Created);
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approval = await world.AskAsync("On its way");
        await world.Grades.GradeAsync(approval.Id, new("ada", 5, 4, 3) { Comment = "between us" }, Ct);
        await world.Grades.GradeAsync(approval.Id, new("ben", 1, 1, 1), Ct);

        await Assert.ThrowsAnyAsync<IntegrationException>(() => RunAsync(world, supabase));
        var before = await world.Grades.OfAsync(approval.Id, Ct);
        await RunAsync(world, supabase);
        var after = await world.Grades.OfAsync(approval.Id, Ct);
        await world.Grades.GradeAsync(approval.Id, new("ben", 2, 2, 2), Ct);
        await RunAsync(world, supabase);
        await RunAsync(world, supabase);

        Assert.All(before, grade => Assert.Null(grade.MirroredAt));
        Assert.All(after, grade => Assert.NotNull(grade.MirroredAt));
        Assert.Equal("?on_conflict=approval_id%2Cgrader", supabase.Requests[1].Address.Query);
        Assert.Equal(
            $$"""{"approval_id":"{{approval.Id}}","kind":"support.reply","grader":"ada","tone":5,"accuracy":4,"policy":3,"at":"2026-06-01T12:00:00+00:00"}""",
            supabase.Requests[1].Body![1..].Split("},")[0] + "}");
        Assert.Contains("\"grader\":\"ben\",\"tone\":2", supabase.Requests[2].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", supabase.Requests[2].Body, StringComparison.Ordinal);
        Assert.Equal(3, supabase.Requests.Count);
    }

    [Fact]
    public async Task A_grade_that_was_changed_while_it_was_copied_goes_again()
    {
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approval = await world.AskAsync("On its way");
        await world.Grades.GradeAsync(approval.Id, new("ada", 5, 4, 3), Ct);

        var copied = await world.Mirror.NextAsync(10, Ct);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.Grades.GradeAsync(approval.Id, new("ada", 1, 1, 1), Ct);
        await world.Mirror.MirroredAsync(copied, Ct);

        Assert.Equal(1, Assert.Single(await world.Mirror.NextAsync(10, Ct)).Tone);
    }

    [Fact]
    public async Task While_Supabase_is_off_they_wait()
    {
        using var supabase = new StubProvider();
        await using var world = await ApprovalWorld.CreateAsync(postgres);
        var approval = await world.AskAsync("On its way");
        await world.Grades.GradeAsync(approval.Id, new("ada", 5, 4, 3), Ct);

        await RunAsync(world, supabase, live: false);

        Assert.Empty(supabase.Requests);
        Assert.Null(Assert.Single(await world.Grades.OfAsync(approval.Id, Ct)).MirroredAt);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task RunAsync(ApprovalWorld world, StubProvider supabase, bool live = true)
    {
        await using var services = SupabaseServices.Create(supabase, live);
        var job = new MirrorGrades(world.Mirror, services.GetRequiredService<SupabaseClient>(), services.GetRequiredService<SupabaseOptions>());
        await job.RunAsync(await world.ContextAsync(), Ct);
    }
}
