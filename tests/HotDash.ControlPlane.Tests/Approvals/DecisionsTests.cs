using HotDash.ControlPlane.Approvals;

namespace HotDash.ControlPlane.Tests.Approvals;

public sealed class DecisionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ada:approve", ApprovalState.Approved, null)]
    [InlineData("ada:approve ada:approve", ApprovalState.Approved, null)]
    [InlineData("ada:approve ben:approve", ApprovalState.Approved, null)]
    [InlineData("ada:approve ada:reject", ApprovalState.Approved, ApprovalRefusal.Contrary)]
    [InlineData("ada:approve ben:reject", ApprovalState.Approved, ApprovalRefusal.WrongState)]
    [InlineData("ada:reject", ApprovalState.Rejected, null)]
    [InlineData("ada:reject ben:reject", ApprovalState.Rejected, null)]
    [InlineData("ada:reject ada:approve", ApprovalState.Rejected, ApprovalRefusal.WrongState)]
    [InlineData("bot:approve", ApprovalState.Pending, ApprovalRefusal.OwnAction)]
    [InlineData("bot:reject", ApprovalState.Rejected, null)]
    [InlineData("ada:edit ada:approve", ApprovalState.Pending, ApprovalRefusal.OwnAction)]
    [InlineData("ada:edit bot:approve", ApprovalState.Pending, ApprovalRefusal.OwnAction)]
    [InlineData("ada:edit ben:approve", ApprovalState.Approved, null)]
    [InlineData("ada:edit ben:approve-old", ApprovalState.Pending, ApprovalRefusal.Changed)]
    [InlineData("ada:edit ben:reject-old", ApprovalState.Pending, ApprovalRefusal.Changed)]
    [InlineData("ada:edit ben:edit ada:approve", ApprovalState.Pending, ApprovalRefusal.OwnAction)]
    [InlineData("ada:approve ben:edit", ApprovalState.Approved, ApprovalRefusal.WrongState)]
    [InlineData("late ada:approve", ApprovalState.Pending, ApprovalRefusal.WrongState)]
    [InlineData("late ada:reject", ApprovalState.Pending, ApprovalRefusal.WrongState)]
    [InlineData("late expire ada:approve", ApprovalState.Expired, ApprovalRefusal.WrongState)]
    [InlineData("ada:approve late expire", ApprovalState.Expired, null)]
    public void One_person_decides_about_what_others_wrote(string story, ApprovalState expected, ApprovalRefusal? refusal) =>
        Assert.Equal((expected, refusal), Play(story, required: 1));

    [Theory]
    [InlineData("ada:approve", ApprovalState.Pending, null)]
    [InlineData("ada:approve ada:approve", ApprovalState.Pending, null)]
    [InlineData("ada:approve ben:approve", ApprovalState.Approved, null)]
    [InlineData("ada:approve ada:reject", ApprovalState.Pending, ApprovalRefusal.Contrary)]
    [InlineData("ada:approve ben:reject", ApprovalState.Rejected, null)]
    [InlineData("ada:approve ben:edit ada:approve", ApprovalState.Pending, null)]
    [InlineData("ada:approve ben:edit ada:approve eve:approve", ApprovalState.Approved, null)]
    public void Where_two_are_needed_two_decide_about_the_same_words(string story, ApprovalState expected, ApprovalRefusal? refusal) =>
        Assert.Equal((expected, refusal), Play(story, required: 2));

    /// <returns>How it ended, and how the last decision was refused.</returns>
    private static (ApprovalState State, ApprovalRefusal? Refusal) Play(string story, int required)
    {
        var approval = new Approval(Guid.NewGuid(), "support.reply", "1", "42", "7", "h1", 1, ApprovalState.Pending, 1, required, "bot", ["bot"], [], Noon, Noon.AddHours(1));
        var (now, refusal) = (Noon, (ApprovalRefusal?)null);
        foreach (var step in story.Split(' '))
        {
            refusal = null;
            var (by, what) = step.Split(':') is [var person, var deed] ? (person, deed) : ("", step);
            try
            {
                approval = what switch
                {
                    "approve" => approval.Approve(by, approval.Hash, now),
                    "approve-old" => approval.Approve(by, "h1", now),
                    "reject" => approval.Reject(by, approval.Hash, "no", now),
                    "reject-old" => approval.Reject(by, "h1", "no", now),
                    "edit" => approval.Edit(by, approval.Hash, $"h{approval.Revision + 1}", now),
                    "expire" => approval.Expire(now),
                    _ => approval,
                };
            }
            catch (ApprovalRefusedException e)
            {
                refusal = e.Refusal;
            }

            now = what is "late" ? Noon.AddHours(1) : now;
        }

        return (approval.State, refusal);
    }
}
