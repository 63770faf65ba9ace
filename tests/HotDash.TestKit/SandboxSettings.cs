using HotDash.AppHost;

namespace HotDash.TestKit;

/// <summary>What makes the sandbox and HotDash take each other for callers and providers, by the AppHost's own list. All providers have the same key.</summary>
public static class SandboxSettings
{
    /// <summary>The sandbox's.</summary>
    /// <param name="key">In base64, if alerts are to reach it.</param>
    public static IEnumerable<(string Name, string Value)> Keys(string key) => Secrets(Stand.All(""), key).Select(secret => (Stand.InSandbox(secret.Name), secret.Value));

    /// <summary>HotDash's.</summary>
    /// <param name="integrations">None: all of them.</param>
    public static IEnumerable<(string Name, string Value)> AsProviders(Uri sandbox, string key, string googleKeyFile, params string[] integrations)
    {
        var stands = Stand.All(googleKeyFile).Where(stand => integrations is [] || integrations.Contains(stand.Path)).ToList();

        return [.. stands.Select(stand => (stand.Address, $"{sandbox}{stand.Path}")), .. stands.SelectMany(stand => stand.Shared), .. Secrets(stands, key)];
    }

    private static IEnumerable<(string Name, string Value)> Secrets(IEnumerable<Stand> stands, string key) =>
        from stand in stands where stand.Secret is not null select (stand.Secret!, stand.SecretPrefix + key);
}
