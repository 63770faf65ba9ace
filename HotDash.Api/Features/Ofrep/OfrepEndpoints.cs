using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Ofrep;

/// <summary>
/// OpenFeature's remote evaluation protocol, so that any of its clients works (https://github.com/open-feature/protocol). Failures have
/// the protocol's own form, but for those that every request can have.
/// </summary>
internal static class OfrepEndpoints
{
    public static void MapOfrep(this IEndpointRouteBuilder app)
    {
        var ofrep = app.MapGroup("/ofrep/v1/evaluate/flags").WithTags("OFREP").WithCommonProblems().RequireScope(ApiKeyScopes.Read);

        ofrep.MapPost("/{key}", EvaluateKey.HandleAsync)
            .WithSummary("Evaluates one flag for a context")
            .WithDescription("The context may hold targetingKey (a user's id) and cohort.")
            .Produces<OfrepSuccess>().Produces<OfrepFailure>(400).Produces<OfrepFailure>(404).WithProblems(413);
        ofrep.MapPost("/", EvaluateAllKeys.HandleAsync)
            .WithSummary("Evaluates all flags for a context")
            .WithDescription("Send the ETag of the last answer as If-None-Match: a 304 says that nothing has changed.")
            .Produces<OfrepBulk>().Produces(304).Produces<OfrepFailure>(400).WithProblems(413);
    }
}
