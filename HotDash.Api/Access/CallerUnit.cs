using System.Security.Claims;
using HotDash.Integrations;

namespace HotDash.Api.Access;

internal static class CallerUnit
{
    /// <summary>A caller keeps its side of an integration's flag: what a request asks of providers is asked for its key.</summary>
    public static void UseCallerAsUnit(this WebApplication app) => app.Use(async (context, next) =>
    {
        using var unit = CallUnit.Begin(context.User.FindFirstValue(ClaimTypes.NameIdentifier));
        await next(context);
    });
}
