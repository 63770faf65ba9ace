namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command's request is made.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST when null.</summary>
    public HttpMethod? Method { get; set; }

    public string? HttpClientName { get; set; }

    /// <summary>Adds headers or a body before the request is sent.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }
}

public sealed class HttpCommandRequestContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    public required string ResourceName { get; init; }

    public required EndpointReference Endpoint { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required HttpClient HttpClient { get; init; }

    public required HttpRequestMessage Request { get; init; }
}
