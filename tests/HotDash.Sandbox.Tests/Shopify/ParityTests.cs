using System.IO.Compression;
using System.Text.Json.Nodes;
using HotDash.Integrations.Shopify.Parity;
using HotDash.TestKit.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>What HotDash asks of Shopify beside the schema that the stand-in tells; and the stand-in's beside Shopify's own.</summary>
public sealed class ParityTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    [Fact]
    public async Task Nothing_is_missing_and_what_is_deprecated_is_told()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();

        var report = await clients.GetRequiredService<ShopifyParity>().CheckAsync(TestContext.Current.CancellationToken);

        Assert.Equal("deprecated InventoryItem.variant Use `variants` instead.", Assert.Single(report.Findings.Select(finding => $"{finding.Kind.ToString().ToLowerInvariant()} {finding.What} {finding.Reason}")));
        Assert.Equal((true, "2026-07"), (report.Ok, report.Version));
        Assert.True(report is { Operations: 17, Compared: > 150 }, $"{report.Operations} {report.Compared}");
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Theory]
    [InlineData("2026-07")]
    [InlineData("2026-10")]
    public void The_stand_in_has_nothing_that_Shopify_has_not(string version)
    {
        var official = Official(version);
        Assert.SkipWhen(official is null, OfficialContracts.Absent);
        var types = official["types"]!.AsArray().ToDictionary(type => type!["name"]!.GetValue<string>(), type => type!, StringComparer.Ordinal);

        var strange = Sandbox.Shopify.Schema.ShopSchema.Own.Names.SelectMany(name => Members(Sandbox.Shopify.Schema.ShopSchema.Own.TypeOf(name)!).Except(Members(types[name]), StringComparer.Ordinal));

        Assert.Empty(strange);
    }

    /// <summary>All members with their types, and of fields the arguments.</summary>
    private static IEnumerable<string> Members(JsonNode type) => new[] { "fields", "inputFields", "enumValues" }
        .SelectMany(list => (type[list] as JsonArray ?? []).SelectMany(member => Members($"{type["name"]}.{member!["name"]}", member)));

    private static IEnumerable<string> Members(string name, JsonNode member) =>
        (member["args"] as JsonArray ?? []).Select(argument => $"{name}({argument!["name"]}: {Written(argument["type"])})").Prepend($"{name}: {Written(member["type"])} {member["isDeprecated"]}");

    private static string Written(JsonNode? type) => type?["kind"]?.GetValue<string>() switch
    {
        null => "",
        "NON_NULL" => $"{Written(type["ofType"])}!",
        "LIST" => $"[{Written(type["ofType"])}]",
        var kind => $"{kind} {type["name"]}",
    };

    private static JsonNode? Official(string version)
    {
        if (OfficialContracts.Find($"shopify/admin-{version}.introspection.json.gz") is not { } path)
            return null;

        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var introspection = JsonNode.Parse(file)!;
        return (introspection["data"] ?? introspection)["__schema"];
    }
}
