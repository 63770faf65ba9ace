using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tokens;

internal static class TokenRegistration
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services.AddSingleton<ITokenStore, PostgresTokenStore>();
}
