namespace HotDash.Integrations.Supabase;

/// <summary>A row of <c>approval_grades</c>: what one person thinks of one action, from 1 (bad) to 5 (good). One row per approval and grader.</summary>
public sealed record ApprovalGrade(Guid ApprovalId, string Kind, string Grader, int Tone, int Accuracy, int Policy, DateTimeOffset At);
