using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>An object of DCP's API, https://github.com/microsoft/dcp: what is wanted, and what is.</summary>
internal sealed record DcpObject(string Kind, DcpMetadata Metadata, object Spec)
{
    public const string Group = "usvc-dev.developer.microsoft.com/v1";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string ApiVersion { get; init; } = Group;

    public DcpStatus? Status { get; init; }

    [JsonIgnore]
    public string Path => $"{Kind.ToLowerInvariant()}s";

    [JsonIgnore]
    public IReadOnlyList<DcpVariable> Variables => Spec switch
    {
        ExecutableSpec executable => executable.Env,
        ContainerSpec container => container.Env,
        _ => [],
    };
}

internal sealed record DcpMetadata(string Name, IReadOnlyDictionary<string, string>? Annotations = null, string? Uid = null);

internal sealed record ServiceSpec(string Address, int? Port)
{
    public string Protocol { get; } = "TCP";
}

internal sealed record ExecutableSpec(string ExecutablePath, string WorkingDirectory, IReadOnlyList<string> Args, IReadOnlyList<DcpVariable> Env)
{
    public string ExecutionType { get; } = "Process";

    public object AmbientEnvironment { get; } = new { Behavior = "Inherit" };

    public IReadOnlyList<HealthProbe>? HealthProbes { get; init; }
}

internal sealed record ContainerSpec(
    string Image,
    IReadOnlyList<string> Args,
    IReadOnlyList<DcpVariable> Env,
    IReadOnlyList<ContainerPort> Ports,
    IReadOnlyList<ContainerMount> VolumeMounts);

internal sealed record ContainerPort(int Port)
{
    [JsonPropertyName("containerPort")]
    public int Port { get; } = Port;
}

internal sealed record ContainerMount(string Source, string Target, bool ReadOnly)
{
    public string Type { get; } = "volume";
}

internal sealed record DcpVariable(string Name, string? Value);

/// <summary>
/// An HTTP check that DCP makes on one process. DCP keeps the first URL that it made for a name, also when the
/// object is deleted and made again with another port; so every process gets checks with names of their own.
/// </summary>
internal sealed record HealthProbe(
    [property: JsonIgnore] string Key, [property: JsonIgnore] string Url, [property: JsonIgnore] string Kind, [property: JsonIgnore] string Interval)
{
    private const char Separator = '#';

    /// <summary>Often until the first success, for which others wait; then every second.</summary>
    public static HealthProbe[] For(string key, string url) => [new(key, url, "UntilSuccess", "200ms"), new(key, url, "Continuous", "1s")];

    public string Name { get; } = $"{Key}{Separator}{Guid.NewGuid():N}";

    public string Type { get; } = "HTTP";

    public object HttpProbe { get; } = new { Url };

    public object Schedule { get; } = new { Kind, Interval, Timeout = "3s" };

    public static string KeyOf(string name) => name.Split(Separator)[0];
}

/// <summary>The producer of a service; without a port DCP gives each process its own.</summary>
internal sealed record ServiceProducer(string ServiceName, string? Address, int? Port);

/// <summary>The status members of all kinds together: each kind fills in its own.</summary>
internal sealed record DcpStatus
{
    public string? State { get; init; }

    public int? Pid { get; init; }

    public int? ExitCode { get; init; }

    public DateTime? StartupTimestamp { get; init; }

    public DateTime? FinishTimestamp { get; init; }

    public IReadOnlyList<DcpVariable>? EffectiveEnv { get; init; }

    public IReadOnlyList<string>? EffectiveArgs { get; init; }

    public IReadOnlyList<ProbeResult>? HealthProbeResults { get; init; }

    public int? EffectivePort { get; init; }
}

internal sealed record ProbeResult(string ProbeName, string? Outcome, DateTime? Timestamp, string? Reason);
