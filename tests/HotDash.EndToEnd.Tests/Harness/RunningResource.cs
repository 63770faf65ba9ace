using System.Globalization;
using System.Text.Json;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>One instance of a resource as <c>aspire describe</c> tells it.</summary>
internal sealed record RunningResource(string Name, string DisplayName, string State, string? Health, int? ProcessId, IReadOnlyDictionary<string, Uri> Urls)
{
    public bool IsHealthy => State == "Running" && Health is null or "Healthy";

    public bool IsReady => IsHealthy || State is "Finished" or "Active";

    public static IReadOnlyList<RunningResource> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);

        return [.. document.RootElement.GetProperty("resources").EnumerateArray().Select(Read)];
    }

    private static RunningResource Read(JsonElement resource) => new(
        Text(resource, "name")!,
        Text(resource, "displayName")!,
        Text(resource, "state") ?? "",
        Text(resource, "healthStatus"),
        ProcessIdOf(resource),
        resource.GetProperty("urls").EnumerateArray()
            .DistinctBy(url => Text(url, "name"))
            .ToDictionary(url => Text(url, "name") ?? "", url => new Uri(Text(url, "url")!), StringComparer.Ordinal));

    private static int? ProcessIdOf(JsonElement resource) =>
        resource.TryGetProperty("properties", out var properties) && properties.TryGetProperty("executable.pid", out var pid)
            ? int.Parse(pid.ToString(), CultureInfo.InvariantCulture)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
