using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

/// <summary>Whether a flag is on for a user, from this process's copy of the flags.</summary>
internal static class EvaluateFlag
{
    private const int MaxNames = 1000;

    /// <param name="Reason">One of KILLED, ENV, OVERRIDE, SCHEDULE, DISABLED, COHORT, SPLIT, STATIC, ERROR.</param>
    /// <param name="Problem">Why it could not be decided: <c>no_such_flag</c> or <c>needs_user</c>.</param>
    public sealed record Evaluation(string Name, bool On, string Variant, string Reason, string? Problem, long Version)
    {
        public static Evaluation Of(FlagAnswer answer) => new(
            answer.Name, answer.Decision.On, answer.Decision.Variant, answer.Decision.ReasonCode, WordOf(answer.Decision.Problem), answer.Version);
    }

    public sealed record Explanation(string Name, bool On, string Variant, string Reason, string? Problem, long Version, IReadOnlyList<FlagStep> Steps);

    /// <param name="Flags">Names; all flags unless given.</param>
    public sealed record BulkRequest(string? User, string? Cohort, IReadOnlyList<string?>? Flags);

    public sealed record BulkReply(IReadOnlyList<Evaluation> Flags);

    public static Results<Ok<Evaluation>, ApiProblem> Handle(string name, FlagBoard flags, string? user = null, string? cohort = null)
    {
        var errors = new FieldErrors();
        errors.Who(user, cohort);
        if (errors.Any)
            return errors.ToProblem();

        var answer = flags.EvaluateAll([name], user, cohort)[0];
        return answer.Decision.Problem is FlagProblem.NoSuchFlag ? FlagAnswers.NoSuchFlag() : TypedResults.Ok(Evaluation.Of(answer));
    }

    public static Results<Ok<Explanation>, ApiProblem> Explain(string name, FlagBoard flags, string? user = null, string? cohort = null)
    {
        var errors = new FieldErrors();
        errors.Who(user, cohort);
        if (errors.Any)
            return errors.ToProblem();
        if (flags.Explain(name, user, cohort) is not { } explained)
            return FlagAnswers.NoSuchFlag();

        var decision = explained.Decision;
        return TypedResults.Ok(new Explanation(
            name, decision.On, decision.Variant, decision.ReasonCode, WordOf(decision.Problem), explained.Version, explained.Steps));
    }

    public static Results<Ok<BulkReply>, ApiProblem> Bulk(BulkRequest request, FlagBoard flags)
    {
        var errors = new FieldErrors();
        errors.Who(request.User, request.Cohort);
        errors.Require(
            !(request.Flags?.Count > MaxNames), "flags", $"must have at most {MaxNames} names, not {request.Flags?.Count}; leave it out to have all flags evaluated.");
        errors.Require(request.Flags?.All(name => name is not null) is not false, "flags", "must have names.");
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(new BulkReply([.. flags.EvaluateAll(request.Flags!, request.User, request.Cohort).Select(Evaluation.Of)]));
    }

    private static string? WordOf(FlagProblem problem) => problem switch
    {
        FlagProblem.NoSuchFlag => "no_such_flag",
        FlagProblem.NeedsUser => "needs_user",
        _ => null,
    };
}
