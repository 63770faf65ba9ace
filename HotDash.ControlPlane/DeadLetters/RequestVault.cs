using System.Text.Json;
using HotDash.ControlPlane.DataProtection;
using HotDash.Integrations;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Seals requests for the store. A seal is the letter's own: what is copied to another row does not open there.</summary>
public sealed class RequestVault(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.DeadLetters");

    /// <exception cref="Exception">There is no data-protection key: the migrations run makes it.</exception>
    public byte[] Seal(Guid letterId, DeadLetterRequest request) =>
        _protector.CreateProtector(letterId.ToString()).Protect(JsonSerializer.SerializeToUtf8Bytes(Content.Of(request)));

    /// <returns>Null when it was sealed with a key that is gone, or altered.</returns>
    public DeadLetterRequest? Open(Guid letterId, byte[] box) =>
        _protector.CreateProtector(letterId.ToString()).TryUnprotect(box) is { } bytes ? JsonSerializer.Deserialize<Content>(bytes)?.ToRequest() : null;

    /// <summary>What is stored keeps its shape, whatever becomes of the port.</summary>
    private sealed class Content
    {
        public required string Method { get; init; }

        public required string Path { get; init; }

        public required Dictionary<string, string> Headers { get; init; }

        public required byte[] Body { get; init; }

        public static Content Of(DeadLetterRequest request) => new()
        {
            Method = request.Method,
            Path = request.Path,
            Headers = new(request.Headers, StringComparer.OrdinalIgnoreCase),
            Body = request.Body.ToArray(),
        };

        public DeadLetterRequest ToRequest() =>
            new() { Method = Method, Path = Path, Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase), Body = Body };
    }
}
