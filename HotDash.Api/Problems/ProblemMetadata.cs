namespace HotDash.Api.Problems;

internal static class ProblemMetadata
{
    /// <summary>Puts the problems that an endpoint can answer with into the OpenAPI document.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ApiProblem.MediaType]));

        return builder;
    }

    /// <summary>What every endpoint can answer with: no key, a missing scope, our own fault, no store.</summary>
    public static TBuilder WithCommonProblems<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithProblems(
            StatusCodes.Status401Unauthorized,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status500InternalServerError,
            StatusCodes.Status503ServiceUnavailable);
}
