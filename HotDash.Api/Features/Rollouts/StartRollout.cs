using System.ComponentModel.DataAnnotations;
using HotDash.Api.Features.Flags;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class StartRollout
{
    private const double MaxSeconds = 30 * 24 * 3600;

    /// <param name="TargetStage">FULL unless given.</param>
    /// <param name="HealthCheckInterval">In seconds, 10 to 3,600; 60 unless given.</param>
    /// <param name="ErrorThreshold">In percent: the share of live calls that may fail; 5 unless given.</param>
    /// <param name="MinSampleSize">Live calls without which nothing is decided; 100 unless given.</param>
    /// <param name="PauseOnError">Harm pauses it (unless given); else it is rolled back.</param>
    /// <param name="AutoAdvanceAfter">In seconds: a stage that is healthy after so long is followed by the next one; a person advances unless given.</param>
    /// <param name="RequireApprovalPerStage">A person advances it all the same.</param>
    public sealed record Request(
        string? TargetStage, double? HealthCheckInterval, double? ErrorThreshold, long? MinSampleSize, bool? PauseOnError, double? AutoAdvanceAfter,
        bool? RequireApprovalPerStage, [property: Required] string? Reason);

    public static async Task<Results<Ok<RolloutReply>, ApiProblem>> HandleAsync(
        string flag, Request request, FlagReads flags, RolloutStore rollouts, RolloutReads reads, RolloutValidation validation, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var target = Target(errors, request.TargetStage);
        var options = Options(errors, request);
        var change = errors.Change(http, request.Reason);
        if (errors.Any)
            return errors.ToProblem();
        if (await flags.FindAsync(flag, ct) is null)
            return FlagAnswers.NoSuchFlag();
        if (await reads.FindAsync(flag, ct) is not { IsActive: true } && await MissingAsync(flag, validation, ct) is { } missing)
            return missing;

        return await RolloutAnswers.MovedAsync(() => rollouts.StartAsync(flag, target, options, change, ct), FlagAnswers.NoSuchFlag);
    }

    private static async Task<ApiProblem?> MissingAsync(string flag, RolloutValidation validation, CancellationToken ct) =>
        (await validation.RunAsync(flag, ct)).Where(step => step.Ok is false).ToList() switch
        {
            [] => null,
            var missing => RolloutAnswers.WrongState($"It cannot be started. {string.Join(' ', missing.Select(step => $"{step.Check}: {step.Detail}"))}"),
        };

    private static RolloutStage Target(FieldErrors errors, string? name)
    {
        var stages = Enum.GetValues<RolloutStage>().Where(stage => stage is not RolloutStage.Disabled).ToList();
        if (name is null || stages.Exists(stage => stage.ToUpperSnakeCase() == name))
            return stages.Find(stage => stage.ToUpperSnakeCase() == (name ?? RolloutStage.Full.ToUpperSnakeCase()));

        errors.Add("targetStage", $"must be one of {string.Join(", ", stages.Select(stage => stage.ToUpperSnakeCase()))}.");
        return default;
    }

    private static RolloutOptions Options(FieldErrors errors, Request request)
    {
        errors.Require(request.HealthCheckInterval is null or (>= 10 and <= 3600), "healthCheckInterval", "must be 10 to 3600 seconds.");
        errors.Require(request.ErrorThreshold is null or (> 0 and < 100), "errorThreshold", "must be a percentage between 0 and 100, neither of them.");
        errors.Require(request.MinSampleSize is null or (>= 1 and <= 1_000_000), "minSampleSize", "must be 1 to 1000000 calls.");
        errors.Require(request.AutoAdvanceAfter is null or (>= 0 and <= MaxSeconds), "autoAdvanceAfter", $"must be 0 to {MaxSeconds} seconds.");
        if (errors.Any)
            return RolloutOptions.Default;

        var usual = RolloutOptions.Default;
        return new(
            Seconds(request.HealthCheckInterval) ?? usual.HealthCheckInterval, request.ErrorThreshold ?? usual.ErrorThreshold,
            request.MinSampleSize ?? usual.MinSampleSize, request.PauseOnError ?? usual.PauseOnError, Seconds(request.AutoAdvanceAfter),
            request.RequireApprovalPerStage ?? usual.RequireApprovalPerStage);
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
