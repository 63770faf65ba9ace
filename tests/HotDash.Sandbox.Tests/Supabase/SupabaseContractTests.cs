using System.Text.Json;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;
using HotDash.TestKit.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Supabase;

public sealed class SupabaseContractTests
{
    private static readonly NewIdea Idea = new("mine", "A mug with a lid", IdeaStatus.PendingReview, null, null, IdeaPriority.Low, null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_and_every_answer_of_the_sandbox_is_as_the_data_api_describes_them()
    {
        var file = OfficialContracts.Find("supabase/supabase-database-rest.community-openapi.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        using var watched = new ContractHandler(OpenApiContract.Load(file), "/supabase/rest/v1", new SocketsHttpHandler());
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients(wires: [("supabase", watched)]);

        await WalkAsync(clients.GetRequiredService<SupabaseClient>());

        Assert.Equal(12, watched.Exchanges);
        Assert.DoesNotContain(watched.Problems, problem => !IsBeyondTheDescription(problem));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Functions_are_read_and_called()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();
        await supabase.CreateIdeaAsync(Idea, Cancellation);

        var before = await supabase.ReadFunctionAsync("idea_pool_totals", new Dictionary<string, string>(StringComparer.Ordinal), Cancellation);
        var reviewed = await supabase.CallFunctionAsync("review_idea", Review("mine"), Cancellation);
        var after = await supabase.ReadFunctionAsync("idea_pool_totals", new Dictionary<string, string>(StringComparer.Ordinal), Cancellation);

        Assert.Equal("approved", reviewed.GetProperty("status").GetString());
        Assert.Equal(before.GetProperty("approved").GetInt32() + 1, after.GetProperty("approved").GetInt32());
    }

    [Fact]
    public async Task A_function_that_complains_is_a_refusal()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients();

        var failure = await Assert.ThrowsAsync<IntegrationException>(
            () => clients.GetRequiredService<SupabaseClient>().CallFunctionAsync("review_idea", Review("nobody's"), Cancellation));

        Assert.Equal((IntegrationCodes.Rejected, false), (failure.Code, failure.OutcomeUnknown));
    }

    /// <summary>It cannot name filters, which are columns of the table, and leaves out what PostgREST answers when it counts rows or is to return none.</summary>
    private static bool IsBeyondTheDescription(string problem) =>
        problem.EndsWith(": no such parameter", StringComparison.Ordinal) || problem.EndsWith("→ 206: no such reply", StringComparison.Ordinal)
        || problem is "POST /social_receipts → 201: the body is no JSON" or "POST /approval_grades → 201: the body is no JSON";

    private static JsonElement Review(string idea) => JsonSerializer.SerializeToElement(new { idea, decision = "approved", by = "Ada" });

    /// <summary>Every call of the client but that which asks for the root.</summary>
    private static async Task WalkAsync(SupabaseClient supabase)
    {
        await supabase.ListIdeasAsync(new(), null, 5, Cancellation);
        await supabase.CreateIdeaAsync(Idea, Cancellation);
        await supabase.ReviewIdeaAsync("mine", IdeaStatus.Approved, "Ada", Cancellation);
        await supabase.ListExperimentsAsync(Cancellation);
        await supabase.SaveReceiptsAsync([new("job", null, "complete", "account", null, null, DateTimeOffset.UnixEpoch)], Cancellation);
        await supabase.SaveGradesAsync([new(Guid.Empty, "support.reply", "ada", 5, 4, 3, DateTimeOffset.UnixEpoch)], Cancellation);
        await supabase.CallFunctionAsync("review_idea", Review("mine"), Cancellation);
        await supabase.CountIdeasAsync(new(), Cancellation);
    }
}
