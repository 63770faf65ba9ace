using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Google;

/// <summary>A service account of this run alone, whose key nobody else has.</summary>
internal static class GoogleTestAccount
{
    public const string Email = "canary-reader@project.example";
    public const string Token = "canary-google-token";

    public static RSA Key { get; } = RSA.Create(2048);

    public static string KeyFile { get; } = Write("canary-google-key.json", Json());

    public static string Json(string type = "service_account", string? privateKey = null, string? email = Email) => JsonSerializer.Serialize(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = type,
            ["client_email"] = email,
            ["private_key"] = privateKey ?? Key.ExportPkcs8PrivateKeyPem(),
            ["private_key_id"] = "canary-key-id",
        });

    public static string Write(string name, string content)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        File.Delete(path);
        File.WriteAllText(path, content);
        return path;
    }

    public static void WithTokens(this IServiceCollection services, string key, HttpMessageHandler? exchange = null) =>
        services.AddHttpClient($"{key}-token").ConfigurePrimaryHttpMessageHandler(() => exchange ?? new Exchange());

    public static string Reply(string token = Token, int expiresIn = 3599) => $$"""{"access_token":"{{token}}","expires_in":{{expiresIn}},"token_type":"Bearer"}""";

    private sealed class Exchange : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Reply()) });
    }
}
