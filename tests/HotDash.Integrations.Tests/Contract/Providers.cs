namespace HotDash.Integrations.Tests.Contract;

/// <summary>Every provider that has a contract test.</summary>
internal static class Providers
{
    public static IReadOnlyList<ProviderUnderTest> All { get; } =
    [
        .. typeof(Providers).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ProviderContract)))
            .Select(type => ((ProviderContract)Activator.CreateInstance(type)!).Provider)
            .OrderBy(provider => provider.Key, StringComparer.Ordinal),
    ];
}
