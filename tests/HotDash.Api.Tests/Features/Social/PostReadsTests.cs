using HotDash.Integrations.Publer;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Social;

public sealed class PostReadsTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    [Theory]
    [InlineData("0199e0a0-0000-7000-8000-000000000000")]
    [InlineData("'")]
    public async Task An_unknown_job_is_a_404(string jobId)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/social/status/{jobId}");

        Assert.Equal((404, "not_found"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Posts_are_listed_newest_first_page_by_page()
    {
        var api = await StartAsync();
        var made = new List<string>();
        for (var number = 0; number < 5; number++)
            made.Add((await api.PostAsync("/api/social/post", new { text = $"Post {number}", accountIds = new[] { PublerMock.Accounts[0].Id } })).Text("jobId")!);

        var listed = new List<string>();
        var query = "?limit=2&status=complete";
        while (true)
        {
            var page = (await api.GetAsync($"/api/social/posts{query}")).Json;
            listed.AddRange(page.GetProperty("posts").EnumerateArray().Select(post => post.GetProperty("status").GetProperty("jobId").GetString()!));
            if (page.GetProperty("nextCursor").GetString() is not { } cursor)
                break;
            query = $"?limit=2&status=complete&cursor={cursor}";
        }

        Assert.Equal(Enumerable.Reverse(made), listed);
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("limit=1&limit=2", "limit")]
    public async Task A_bad_filter_is_named(string query, string field)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/social/posts?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }
}
