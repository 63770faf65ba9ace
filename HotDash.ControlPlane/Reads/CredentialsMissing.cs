using HotDash.Integrations;

namespace HotDash.ControlPlane.Reads;

/// <summary>What a read and a write say when an integration is switched on but not configured.</summary>
internal static class CredentialsMissing
{
    public static Warning Warning(IntegrationOptions integration) => new(IntegrationCodes.CredentialsMissing, Sentence(integration));

    /// <exception cref="IntegrationException">With code <c>credentials_missing</c>, naming the variables: writes never lie.</exception>
    public static void Refuse(IntegrationOptions integration, IntegrationState state)
    {
        if (state is IntegrationState.CredentialsMissing)
            throw new IntegrationException(
                integration.Key, IntegrationCodes.CredentialsMissing, Sentence(integration), scope: FailureScope.Integration);
    }

    private static string Sentence(IntegrationOptions integration) => $"set {string.Join(" and ", integration.MissingCredentials)}";
}
