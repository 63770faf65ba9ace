using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HotDash.ControlPlane.Budgets;

internal static class BudgetRegistration
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<IBudgetStore, BudgetStore>();
        services.AddSingleton<BudgetMetrics>();
        services.AddSingleton<BudgetReads>();
        services.AddSingleton<PostgresTokenBudget>();
        services.AddSingleton<ITokenBudget>(provider => provider.GetRequiredService<PostgresTokenBudget>());
        services.AddHostedService(provider => provider.GetRequiredService<PostgresTokenBudget>());

        return services;
    }
}
