using System.Security.Claims;
using HotDash.Integrations;

namespace HotDash.Api.Access;

internal static class CallerUnit
{
    public const string CohortClaim = "cohort";

    /// <summary>A caller keeps its side of an integration's flag: what a request asks of providers is asked for its key.</summary>
    public static void UseCallerAsUnit(this WebApplication app) => app.Use(async (context, next) =>
    {
        using var unit = CallUnit.Begin(UnitOf(context.User));
        await next(context);
    });

    private static CallUnit? UnitOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } key ? new(key, user.FindFirstValue(CohortClaim)) : null;
}
