using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A network address that a resource offers.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? "tcp";
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
        ModelName.Validate(Name, "endpoint");
    }

    public ProtocolType Protocol { get; set; }

    public string Name { get; set; }

    public string UriScheme { get; set; }

    public string Transport { get; set; }

    public string TargetHost { get; set; } = "localhost";

    /// <summary>The port that others use; null or 0 = any free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; null = any free one.</summary>
    public int? TargetPort { get; set; }

    /// <summary>False: the process itself listens on <see cref="Port"/> and sees who connects.</summary>
    public bool IsProxied { get; set; }

    public bool IsExternal { get; set; }

    /// <summary>Where it really is; set once the application starts.</summary>
    internal AllocatedEndpoint? AllocatedEndpoint { get; set; }

    /// <summary>The variable that tells the process its port, if that was asked for.</summary>
    internal string? TargetPortEnvironmentVariable { get; init; }

    internal bool IsHttp => UriScheme is "http" or "https";
}

/// <param name="TargetPortExpression">What the process listens on: a number, or a DCP template when each replica gets its own.</param>
internal sealed record AllocatedEndpoint(string UriScheme, string Address, int Port, string? TargetPortExpression = null)
{
    public string UriString => $"{UriScheme}://{Address}:{Port}";
}
