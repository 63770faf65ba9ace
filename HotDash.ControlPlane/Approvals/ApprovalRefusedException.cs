namespace HotDash.ControlPlane.Approvals;

/// <summary>Why a decision does not count.</summary>
public enum ApprovalRefusal
{
    /// <summary>It is in no state for that, or has expired.</summary>
    WrongState,

    /// <summary>The decision names another hash than the present one.</summary>
    Changed,

    /// <summary>Whoever asked for it or edited it cannot approve it.</summary>
    OwnAction,

    /// <summary>The same person decided otherwise before.</summary>
    Contrary,
}

/// <summary>The approval exists, but what was asked for is not possible; the message says why.</summary>
public sealed class ApprovalRefusedException(ApprovalRefusal refusal, string message) : Exception(message)
{
    public ApprovalRefusal Refusal => refusal;
}
