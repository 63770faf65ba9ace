using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Tests.Approvals;

/// <summary>What may be said of a call, by whom and when: a word too early, or of another call, would send something twice.</summary>
public sealed class SendingTests
{
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);
    private static readonly (Guid First, Guid Second) Attempt = (Guid.CreateVersion7(), Guid.CreateVersion7());

    private static readonly Approval Approved = new(
        Guid.CreateVersion7(), GuardedKinds.SupportReply, "1", "42", "7", "hash", 1, ApprovalState.Approved, 1, 1, "bot", ["bot"], ["ada"], Began, Began.AddDays(1));

    private static readonly Approval Sending = Approved.Begin(Attempt.Second, Began);
    private static readonly Approval Unknown = Sending.End(Attempt.Second, SendEnd.Lost("no answer"), Began);

    [Fact]
    public void How_an_earlier_call_ended_says_nothing_of_the_last()
    {
        SendEnd[] ends = [SendEnd.Sent("m-1"), SendEnd.NotSent("refused"), SendEnd.Refused("no"), SendEnd.Lost("no answer")];

        Assert.All(ends, end => Assert.Same(Sending, Sending.End(Attempt.First, end, Began)));
        Assert.All(ends, end => Assert.Same(Unknown, Unknown.End(Attempt.First, end, Began)));
        Assert.Same(Unknown, Unknown.Found(Attempt.First, "m-1"));
        Assert.Same(Sending, Sending.Found(Attempt.Second, "m-1")); // its call may still be under way
        Assert.Same(Unknown, Unknown.Absent(Attempt.First, Began + Window, Window, 3, Began + Window));
    }

    [Fact]
    public void Each_call_is_of_what_is_approved_and_the_repetition_of_one_of_what_is_unknown()
    {
        var late = Began.AddMinutes(1);
        var again = Unknown.Begin(Attempt.First, late, repeats: true);

        Assert.Same(Approved, Approved.Begin(Attempt.First, Began, repeats: true));
        Assert.Same(Unknown, Unknown.Begin(Attempt.First, late));
        Assert.Same(Approved, Approved.Begin(Attempt.First, Approved.ExpiresAt));
        Assert.Equal((ApprovalState.Sending, 2, Attempt.First, late), (again.State, again.Sends, again.AttemptId, again.AttemptAt));
    }

    [Fact]
    public void What_was_not_sent_does_not_count_and_is_ready_unless_an_earlier_call_is_unknown()
    {
        var ready = Sending.End(Attempt.Second, SendEnd.NotSent("refused"), Began);
        var repeated = Unknown.Begin(Attempt.First, Began, repeats: true).End(Attempt.First, SendEnd.NotSent("refused"), Began);

        Assert.Equal((ApprovalState.Approved, 0), (ready.State, ready.Sends));
        Assert.Equal((ApprovalState.Unknown, 1, Began), (repeated.State, repeated.Sends, repeated.UnknownAt));
        Assert.Same(ready, ready.End(Attempt.Second, SendEnd.Sent("m-1"), Began));
    }

    [Fact]
    public void Other_values_send_back_what_waits_and_the_call_that_was_refused_for_them_and_nothing_else()
    {
        var (waiting, refused) = (Approved.Outdate("9", "other"), Unknown.Outdate("7", "other", Attempt.Second));

        Assert.Equal((ApprovalState.Pending, "9", "other", 2, 0), (waiting.State, waiting.TargetVersion, waiting.Hash, waiting.Revision, waiting.ApprovedBy.Count));
        Assert.Equal((ApprovalState.Pending, 0, null), (refused.State, refused.Sends, refused.UnknownAt));
        Assert.All([Sending, Unknown, Unknown.Found(Attempt.Second, "m-1")], approval => Assert.Same(approval, approval.Outdate("9", "other")));
        Assert.All([Approved, Sending, Unknown], approval => Assert.Same(approval, approval.Outdate("7", "other", Attempt.First)));
    }

    [Fact]
    public void A_call_is_given_up_only_when_it_has_certainly_ended()
    {
        Assert.Same(Sending, Sending.Abandon(Window, Began + Window - TimeSpan.FromTicks(1)));
        Assert.Equal((ApprovalState.Unknown, Began + Window), (Sending.Abandon(Window, Began + Window).State, Sending.Abandon(Window, Began + Window).UnknownAt));
        Assert.Equal([SendStep.Wait, SendStep.Abandon], new[] { Window - TimeSpan.FromTicks(1), Window }.Select(age => Sending.Next(Window, Began + age)));
    }

    [Fact]
    public void That_nothing_is_there_proves_nothing_before_the_window_has_passed()
    {
        var late = Began + Window;

        Assert.Same(Unknown, Unknown.Absent(Attempt.Second, late - TimeSpan.FromTicks(1), Window, 3, late));
        Assert.Equal((ApprovalState.Approved, null), (Unknown.Absent(Attempt.Second, late, Window, 3, late).State, Unknown.Absent(Attempt.Second, late, Window, 3, late).UnknownAt));
        Assert.Equal(late, Sending.End(Attempt.Second, SendEnd.Lost("no answer"), late).UnknownAt); // the window begins when the call has ended
        Assert.Equal(ApprovalState.Expired, Unknown.Absent(Attempt.Second, late, Window, 3, Began.AddDays(1)).State);
        Assert.Equal(ApprovalState.Failed, Unknown.Absent(Attempt.Second, late, Window, maxSends: 1, late).State);
    }

    [Fact]
    public void A_late_answer_of_the_last_call_is_true()
    {
        Assert.Equal((ApprovalState.Sent, "m-1"), (Unknown.End(Attempt.Second, SendEnd.Sent("m-1"), Began).State, Unknown.End(Attempt.Second, SendEnd.Sent("m-1"), Began).EffectId));
        Assert.Same(Unknown, Unknown.End(Attempt.Second, SendEnd.Lost("no answer"), Began + Window));
    }
}
