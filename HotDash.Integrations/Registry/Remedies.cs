namespace HotDash.Integrations;

/// <summary>The one thing that a person does about a failure that lasts.</summary>
public static class Remedies
{
    /// <param name="code">One of <see cref="IntegrationCodes"/>.</param>
    public static string For(string code, IntegrationOptions integration)
    {
        ArgumentNullException.ThrowIfNull(integration);
        return code switch
        {
            IntegrationCodes.CredentialsMissing => $"Set {Names(integration.MissingCredentials)} for the api and the pollers.",
            IntegrationCodes.IntegrationDisabled => SwitchOn(integration),
            IntegrationCodes.Unauthorized => $"Look whether {Names(integration.Credentials)} still hold, and what the key may do.",
            IntegrationCodes.NotFound or IntegrationCodes.Conflict or IntegrationCodes.Rejected =>
                $"Look whether {Names(integration.Credentials)} name what is meant, and whether the key may do this.",
            IntegrationCodes.RateLimited => $"Wait; if it lasts, see who else uses this key, or change Integrations:Limits:{integration.Key}.",
            IntegrationCodes.Network or IntegrationCodes.EgressRefused =>
                $"Look whether {integration.AddressVariable} and the address behind it are right, and whether the network lets calls out.",
            IntegrationCodes.UnexpectedReply => $"Look what answers at the address ({integration.AddressVariable}): a log-in page or a proxy does so.",
            IntegrationCodes.CircuitOpen or IntegrationCodes.IntegrationPaused =>
                $"Wait: calls go again when one succeeds. POST /api/integrations/{integration.Key}/connect lets them go now.",
            _ => "Wait, and look at the provider's own status page: it fails, or is slow.",
        };
    }

    private static string SwitchOn(IntegrationOptions integration) => integration switch
    {
        { Switch: false, Flags: [var variable, ..] } =>
            $"To have it called, enable the flag {integration.Flag} for 100 %, or set {variable}=true; GET /api/flags/{integration.Flag}/explain says what keeps it off.",
        { Switch: false } => $"To have it called, unkill and enable the flag {integration.Flag}; GET /api/flags/{integration.Flag}/explain says what keeps it off.",
        { Flags: [var variable, ..] } => $"To have it called, set {variable}=true for the api and the pollers.",
        _ => $"To have it called, take back Integrations:{integration.Key}:RolledBack, or leave Integrations:Mode mock.",
    };

    private static string Names(IReadOnlyList<string> variables) => string.Join(" and ", variables);
}
