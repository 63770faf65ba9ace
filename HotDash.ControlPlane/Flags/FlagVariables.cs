using System.Collections.Frozen;
using HotDash.Integrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Flags;

/// <summary>A flag's environment variable that is set, and what it says.</summary>
internal sealed record FlagVariable(string Name, bool On);

/// <summary>
/// What the environment says of flags, read once. An integration's flag has the variables of the integration; any other one has
/// <c>FLAG_&lt;NAME&gt;</c>, also a flag that is made later.
/// </summary>
internal sealed class FlagVariables
{
    private const string Prefix = "FLAG_";

    private readonly FrozenDictionary<string, FlagVariable> _variables;

    /// <exception cref="OptionsValidationException">A value is neither true nor false; the variable is named.</exception>
    public FlagVariables(IConfiguration configuration)
    {
        LiveByDefault = IntegrationFlags.LiveByDefault(configuration);
        _variables = Others(configuration).Concat(OfIntegrations(configuration)).ToFrozenDictionary(
            pair => pair.Flag, pair => pair.Variable, StringComparer.Ordinal);
    }

    private bool LiveByDefault { get; }

    /// <summary>What holds while nobody has set the flag: for an integration's, what <c>Integrations:Mode</c> says, if it has a mock at all.</summary>
    public bool Otherwise(string flag) => IntegrationFlags.Find(flag) is { } known && (known.IsAlwaysReal || LiveByDefault);

    public FlagVariable? Of(string flag) => _variables.GetValueOrDefault(flag);

    private static IEnumerable<(string Flag, FlagVariable Variable)> OfIntegrations(IConfiguration configuration) =>
        from flag in IntegrationFlags.All
        let name = flag.Variables.FirstOrDefault(name => configuration[name] is not null)
        where name is not null
        select (flag.Name, Read(configuration, name));

    private static IEnumerable<(string Flag, FlagVariable Variable)> Others(IConfiguration configuration) =>
        from setting in configuration.GetChildren()
        where setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && setting.Value is not null
        select (NameOf(setting.Key), Read(configuration, setting.Key));

    private static string NameOf(string variable) => variable[Prefix.Length..].ToLowerInvariant() is var name && IntegrationFlags.Find(name) is { Variables: [var own, ..] }
        ? throw new OptionsValidationException(variable, typeof(Flag), [$"{variable} is not read: the variable of this flag is {own}."])
        : name;

    private static FlagVariable Read(IConfiguration configuration, string name) => new(name, IntegrationFlags.Truth(configuration, name));
}
