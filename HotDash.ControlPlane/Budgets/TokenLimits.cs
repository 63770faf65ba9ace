using HotDash.Integrations;
using Microsoft.Extensions.Configuration;

namespace HotDash.ControlPlane.Budgets;

/// <summary>The limits from <c>Integrations:Limits:&lt;key&gt;</c>, such as <c>100/2m</c>: the setting that the sandbox reads too.</summary>
internal sealed class TokenLimits
{
    private readonly Dictionary<string, RateLimit> _limits = new(StringComparer.OrdinalIgnoreCase) { ["publer"] = new(100, TimeSpan.FromMinutes(2)) };

    public TokenLimits(IConfiguration configuration)
    {
        foreach (var setting in configuration.GetSection("Integrations:Limits").GetChildren())
        {
            _limits[setting.Key] = RateLimit.TryParse(setting.Value ?? "", out var limit)
                ? limit
                : throw new InvalidOperationException($"{setting.Path} is '{setting.Value}', which is no limit; write it as requests/window, such as 100/2m.");
        }
    }

    public RateLimit? Find(string integration) => _limits.GetValueOrDefault(integration);
}
