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
        Assert.Same(Unknown, Unknown.Absent(Attempt.First, Began + Window, Window, 3, Began + Window));
    }

    [Fact]
    public void A_call_is_given_up_only_when_it_has_certainly_ended()
    {
        Assert.Same(Sending, Sending.Abandon(Window, Began + Window - TimeSpan.FromTicks(1)));
        Assert.Equal(ApprovalState.Unknown, Sending.Abandon(Window, Began + Window).State);
        Assert.Equal([SendStep.Wait, SendStep.Abandon], new[] { Window - TimeSpan.FromTicks(1), Window }.Select(age => Sending.Next(Window, Began + age)));
    }

    [Fact]
    public void That_nothing_is_there_proves_nothing_before_the_window_has_passed()
    {
        var late = Began + Window;

        Assert.Same(Unknown, Unknown.Absent(Attempt.Second, late - TimeSpan.FromTicks(1), Window, 3, late));
        Assert.Equal(ApprovalState.Approved, Unknown.Absent(Attempt.Second, late, Window, 3, late).State);
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
