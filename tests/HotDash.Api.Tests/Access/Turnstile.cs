using HotDash.Api.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests.Access;

/// <summary>Answers 204 to whomever production lets in, and goes no further: every route can be asked, and none does anything.</summary>
internal sealed class Turnstile : IAuthorizationMiddlewareResultHandler
{
    private readonly AccessRefusal _refusal = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded
            ? TypedResults.NoContent().ExecuteAsync(context)
            : _refusal.HandleAsync(next, context, policy, authorizeResult);

    public sealed class Wire : ApiWire
    {
        public override void Connect(IServiceCollection services) => services.AddSingleton<IAuthorizationMiddlewareResultHandler, Turnstile>();
    }
}
