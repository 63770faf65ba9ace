using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Shopify.Parity;
using HotDash.TestKit.Contracts;

namespace HotDash.Integrations.Tests.Shopify;

/// <summary>Our documents beside a schema: what is missing, deprecated or new is told.</summary>
public sealed class ParityTests
{
    private static readonly SchemaTypeRef Text = new("SCALAR", "String");
    private static readonly SchemaTypeRef Needed = new("NON_NULL", null, Text);
    private static readonly SchemaRoots Roots = new(new("QueryRoot"), new("Mutation"), [new("idempotent", [new("key")])]);

    private static readonly SchemaType[] Types =
    [
        new("QueryRoot", [new("things", new("LIST", null, new("INTERFACE", "Thing")), [new("first", Text), new("sort", new("ENUM", "Sort"))]), new("gone", Text, [], true, "Use things.")]),
        new("Thing", [new("id", Text, [])]),
        new("Mug", [new("id", Text, []), new("size", Text, [new("unit", Needed), new("digits", Needed, "2")])]),
        new("Mutation", [new("change", new("OBJECT", "Thing"), [new("input", new("INPUT_OBJECT", "Change"))])]),
        new("Change", null, [new("id", Needed), new("old", Text, null, true, "Not any more.")]),
        new("Sort", null, null, [new("BY_ID"), new("BY_AGE", true, "Too slow.")]),
    ];

    [Theory]
    [InlineData("query Q($n: String) { things(first: $n, sort: BY_ID) { id ... on Mug { size(unit: \"cm\") } } }", "")]
    [InlineData("query Q { gone }", "deprecated QueryRoot.gone: Use things.")]
    [InlineData("query Q { things { colour } }", "missing Thing.colour")]
    [InlineData("query Q { things { ... on Cup { id } } }", "missing Cup")]
    [InlineData("query Q { things { ... on Mug { size } } }", "missing Mug.size(unit:): It is required, and HotDash does not send it.")]
    [InlineData("query Q { things(last: 1) { id } }", "missing QueryRoot.things(last:)")]
    [InlineData("query Q { things(sort: BY_NAME) { id } }", "missing Sort.BY_NAME")]
    [InlineData("query Q { things(sort: BY_AGE) { id } }", "deprecated Sort.BY_AGE: Too slow.")]
    [InlineData("query Q($n: Int!) { things(first: $n) { id } }", "missing QueryRoot.things(first:): It takes String, and HotDash sends Int.")]
    [InlineData("mutation M { done: change(input: { id: \"1\" }) @idempotent(key: \"k\") { id } }", "")]
    [InlineData("mutation M { change(input: { id: \"1\" }) @atomic { id } }", "missing @atomic")]
    [InlineData("mutation M { change(input: { id: \"1\" }) @idempotent(word: \"k\") { id } }", "missing @idempotent")]
    [InlineData("mutation M($change: Change) { change(input: $change) { id } }", "missing Change(id:): It is required, and HotDash does not send it.|deprecated Change(old:): Not any more.")]
    public async Task Each_difference_is_told_by_its_name(string document, string findings)
    {
        var walk = new ParityWalk(Roots, name => Task.FromResult(Array.Find(Types, type => type.Name == name)));
        var examples = new Dictionary<string, GraphValue>(StringComparer.Ordinal) { ["change"] = new GraphValue.Input([new("old", new GraphValue.Scalar())]) };

        await walk.DocumentAsync("try", GraphReader.Read(document), examples);

        Assert.Equal(findings.Split('|', StringSplitOptions.RemoveEmptyEntries), walk.Findings.Select(Told));
        Assert.All(walk.Findings, finding => Assert.Equal("try", finding.Operation));
    }

    [Fact]
    public async Task A_value_that_we_do_not_know_is_new()
    {
        var walk = new ParityWalk(Roots, name => Task.FromResult(Array.Find(Types, type => type.Name == name)));

        await walk.EnumAsync("try", "Sort", ["BY_ID"], all: true);

        Assert.Equal("new Sort.BY_AGE", Told(Assert.Single(walk.Findings)));
    }

    [Fact]
    public async Task The_values_that_we_know_by_name_are_compared_too()
    {
        var asked = new List<string>();

        await ShopifyParity.CompareAsync("2026-07", Roots, name =>
        {
            asked.Add(name);
            return Task.FromResult<SchemaType?>(null);
        });

        Assert.Equal(
            ["ProductStatus", "OrderDisplayFinancialStatus", "InventorySetQuantitiesUserErrorCode", "InventoryAdjustQuantitiesUserErrorCode", "MetafieldsSetUserErrorCode"],
            asked.Except(["QueryRoot", "Mutation"]));
    }

    [Theory]
    [InlineData("2025-10", "@idempotent,InventoryAdjustQuantitiesUserErrorCode.CHANGE_FROM_QUANTITY_STALE,InventoryAdjustQuantitiesUserErrorCode.IDEMPOTENCY_CONCURRENT_REQUEST,InventoryAdjustQuantitiesUserErrorCode.IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED,InventoryChangeInput(changeFromQuantity:),InventoryQuantityInput(changeFromQuantity:),InventorySetQuantitiesUserErrorCode.CHANGE_FROM_QUANTITY_STALE,InventorySetQuantitiesUserErrorCode.IDEMPOTENCY_CONCURRENT_REQUEST,InventorySetQuantitiesUserErrorCode.IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")]
    [InlineData("2026-07", "")]
    [InlineData("2026-10", "")]
    public async Task Of_what_HotDash_asks_nothing_is_missing_in_the_versions_that_it_takes(string version, string missing)
    {
        var file = OfficialContracts.Find($"shopify/admin-{version}.introspection.json.gz");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        var schema = Read(file);
        var types = schema["types"]!.AsArray().ToDictionary(type => type!["name"]!.GetValue<string>(), type => type!, StringComparer.Ordinal);

        var report = await ShopifyParity.CompareAsync(
            version, schema.Deserialize(ShopifyJson.Default.SchemaRoots)!, name => Task.FromResult(types.GetValueOrDefault(name)?.Deserialize(ShopifyJson.Default.SchemaType)));

        Assert.Equal(missing, string.Join(',', report.Findings.Where(finding => finding.Kind is ParityKind.Missing).Select(finding => finding.What)));
        Assert.Equal(missing is "", report.Ok);
    }

    private static string Told(ParityFinding finding) => $"{finding.Kind.ToString().ToLowerInvariant()} {finding.What}{(finding.Reason is null ? "" : $": {finding.Reason}")}";

    private static JsonNode Read(string path)
    {
        using var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var introspection = JsonNode.Parse(unzipped)!;
        return (introspection["data"] ?? introspection)["__schema"]!;
    }
}
