namespace HotDash.Api.Problems;

internal static class ProblemRegistration
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<IntegrationProblems>();
        builder.Services.AddExceptionHandler<StoreProblems>();
        builder.Services.AddExceptionHandler<BadRequestProblems>();
        builder.Services.AddExceptionHandler<UnexpectedProblems>();
    }

    /// <summary>First in the line: whatever fails after this, or ends without a body, becomes a problem document.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext));
    }

    private static Task WriteAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;

        return ApiProblem.Of(status, ProblemCodes.Of(status), ProblemCodes.DetailOf(status)).ExecuteAsync(context);
    }
}
