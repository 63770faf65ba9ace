using System.Collections.Frozen;

namespace HotDash.Integrations;

/// <summary>Whether an integration calls its provider, and if not, why.</summary>
public enum IntegrationState { Live, Mock, CredentialsMissing, Disabled }

/// <summary>What HotDash knows about an integration once its settings are read. A class, because derived types hold secrets.</summary>
public abstract class IntegrationOptions(string key, string source)
{
    private FrozenDictionary<string, Operation>? _operations;
    private bool _on;
    private bool _isAlwaysReal;
    private bool _rolledBack;

    /// <summary>The name in routes, folders and metrics: <c>google-analytics</c>.</summary>
    public string Key { get; } = key;

    /// <summary>The name in answers: <c>ga4</c>.</summary>
    public string Source { get; } = source;

    /// <summary>For whom calls are made now (<see cref="CallUnit"/>). Asked of the flag each time: it may change at any moment.</summary>
    public IntegrationState State => StateOf(Ask(CallUnit.Current));

    /// <summary>Live as soon as it is that for anybody.</summary>
    public IntegrationState Overall => StateOf(Switch);

    /// <summary>Environment names of the credentials that are not set, whatever the state.</summary>
    public IReadOnlyList<string> MissingCredentials { get; private protected set; } = [];

    /// <summary>The code with which everybody's calls fail while it is live for nobody.</summary>
    public string WhyNotLive => Overall is IntegrationState.CredentialsMissing ? IntegrationCodes.CredentialsMissing : IntegrationCodes.IntegrationDisabled;

    /// <summary>Environment names of all that it needs to be called.</summary>
    public IReadOnlyList<string> Credentials { get; internal set; } = [];

    /// <summary>Environment names of the switch, the first that is set decides; none for an integration that is always real.</summary>
    public IReadOnlyList<string> Flags { get; internal set; } = [];

    /// <summary>Environment name of what replaces the base address.</summary>
    public virtual string AddressVariable => $"{Key.ToUpperInvariant().Replace('-', '_')}_BASE_URL";

    /// <summary>Ends with a slash. Null only while the settings name none.</summary>
    public Uri? BaseAddress { get; private protected set; }

    /// <summary>How its calls are protected.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>How long one attempt may take, its body included.</summary>
    public TimeSpan AttemptTimeout => Resilience.Timeouts.Attempt;

    /// <summary>What the provider allows the whole fleet; null when no limit is known.</summary>
    public RateLimit? Limit => Resilience.RateLimit;

    /// <summary>Everything that it asks of the provider.</summary>
    public abstract IReadOnlyList<Operation> Operations { get; }

    /// <summary>What the provider tells of itself, and whether we take it in.</summary>
    public virtual string Webhooks => "none";

    /// <summary>The flag that switches it, in the words of <see cref="IntegrationFlags"/>.</summary>
    public string Flag { get; internal set; } = key;

    /// <summary>What the flag says now of anybody; null where there are no flags.</summary>
    public bool? Switch => Ask(unit: null);

    internal Lazy<ISwitches>? Switches { get; set; }

    internal Attempts Attempts { get; set; }

    /// <summary>For something that has an id of its own, and keeps its side of the flag: a plan, a post.</summary>
    public IntegrationState StateFor(CallUnit unit) => StateOf(Ask(unit));

    internal bool? Ask(CallUnit? unit) => Switches?.Value.Ask(Flag, unit);

    /// <param name="switched">What the flag said.</param>
    internal IntegrationState StateOf(bool? switched) => (switched ?? _on, MissingCredentials) switch
    {
        _ when _rolledBack => IntegrationState.Disabled,
        (false, _) => _isAlwaysReal ? IntegrationState.Disabled : IntegrationState.Mock,
        (true, []) => IntegrationState.Live,
        (true, _) => IntegrationState.CredentialsMissing,
    };

    /// <exception cref="InvalidOperationException">Nobody has declared what this operation may do.</exception>
    internal Operation Find(string operation)
    {
        _operations ??= Operations.ToFrozenDictionary(known => known.Name, StringComparer.Ordinal);

        return _operations.GetValueOrDefault(operation) ?? throw new InvalidOperationException($"{GetType().Name}.Operations lacks {operation}.");
    }

    internal abstract void Bind(IntegrationSettings settings);

    internal abstract void Authorize(HttpClient http);

    private protected void BindCommon(bool on, IReadOnlyList<string> missing) => (_on, MissingCredentials) = (on, missing);

    /// <summary>For an integration that is always real, until its flag is killed or <c>Integrations:{key}:RolledBack</c> takes it back.</summary>
    private protected void BindAlwaysReal(IntegrationSettings settings, IReadOnlyList<string> missing)
    {
        BindCommon(on: true, missing);
        (_isAlwaysReal, _rolledBack) = (true, settings.Truth($"Integrations:{Key}:RolledBack"));
    }
}
