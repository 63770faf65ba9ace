namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command's request is made.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST when null.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>Adds headers or a body before the request is sent.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }
}

public sealed class HttpCommandRequestContext
{
    public required HttpRequestMessage Request { get; init; }
}
