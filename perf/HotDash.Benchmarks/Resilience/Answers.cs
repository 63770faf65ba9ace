namespace HotDash.Benchmarks.Resilience;

/// <summary>A wire without length: every call is answered at once.</summary>
internal sealed class Answers : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage());
}
