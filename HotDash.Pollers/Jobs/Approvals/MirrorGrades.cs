using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;

namespace HotDash.Pollers.Jobs.Approvals;

/// <summary>Copies grades to the merchant's own table. Writing them again replaces them, so what fails is simply tried again.</summary>
internal sealed class MirrorGrades(GradeMirror grades, SupabaseClient supabase, SupabaseOptions options) : IRecurringJob
{
    private const int Batch = 100;

    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        while (options.State is IntegrationState.Live && await grades.NextAsync(Batch, ct) is { Count: > 0 } next)
        {
            await supabase.SaveGradesAsync(next, ct);
            await grades.MirroredAsync(next, ct);
        }

        return JobOutcome.Done;
    }
}
