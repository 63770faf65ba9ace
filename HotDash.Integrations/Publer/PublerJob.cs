namespace HotDash.Integrations.Publer;

public enum PublerJobState { Working, Complete, Failed }

/// <summary>How far Publer is with a submission. Complete with failures means: not on those accounts.</summary>
public sealed record PublerJob(PublerJobState State, IReadOnlyList<PublerJobFailure> Failures);

/// <summary>One account on which a post failed, in Publer's words.</summary>
public sealed record PublerJobFailure(string? AccountId, string? AccountName, string? Provider, string Message);
