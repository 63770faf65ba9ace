using Microsoft.Extensions.Configuration;

namespace HotDash.ServiceDefaults.Tests;

internal static class Settings
{
    public static void AddSettings(this IConfigurationBuilder configuration, params (string Key, string Value)[] settings) =>
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
}
