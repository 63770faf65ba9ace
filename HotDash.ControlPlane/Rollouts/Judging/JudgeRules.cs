namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>What a judgement goes by.</summary>
/// <param name="ErrorThreshold">The share of treated calls that may fail: more than 0, less than 1.</param>
/// <param name="MinSampleSize">With fewer treated calls nothing is healthy, and shares say nothing.</param>
/// <param name="Quiet">So long without a treated call is no traffic.</param>
internal sealed record JudgeRules(double ErrorThreshold, long MinSampleSize, TimeSpan Quiet);
