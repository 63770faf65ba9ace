using HotDash.ControlPlane.IdeaPool;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.Tests.IdeaPool;

public sealed class MockIdeasTests
{
    private static readonly IdeaFilter Any = new(null, null, null);

    [Fact]
    public void All_are_shown_newest_first_with_totals_that_add_up()
    {
        var page = MockIdeas.Page(new(Any, null, 100));

        Assert.Equal(SupabaseMock.Ideas.OrderByDescending(idea => idea.CreatedAt).Select(idea => idea.Id), page.Items.Select(idea => idea.Id));
        Assert.Null(page.Next);
        Assert.Equal(page.Totals.Total, page.Totals.PendingReview + page.Totals.Draft + page.Totals.Approved + page.Totals.Rejected);
    }

    [Fact]
    public void Totals_are_those_of_the_filter_not_of_the_page()
    {
        var page = MockIdeas.Page(new(Any, null, 1));

        Assert.Single(page.Items);
        Assert.Equal(SupabaseMock.Ideas.Count, page.Totals.Total);
    }

    [Fact]
    public void A_page_that_ends_with_the_last_idea_leads_nowhere() =>
        Assert.Null(MockIdeas.Page(new(Any, null, SupabaseMock.Ideas.Count)).Next);

    [Fact]
    public void A_cursor_survives_being_written_and_read()
    {
        var cursor = new IdeaCursor("mock", new(SupabaseMock.Ideas[0].CreatedAt, SupabaseMock.Ideas[0].Id));

        Assert.Equal(cursor, Cursor.TryParse<IdeaCursor>(cursor.ToString()));
    }
}
