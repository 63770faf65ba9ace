using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace HotDash.Hosting.Tests.ApplicationModel;

public sealed class BuilderTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(["--ConnectionStrings:ledger=Host=elsewhere"]);

    [Fact]
    public void A_builder_of_a_special_resource_is_a_builder_of_a_general_one()
    {
        var database = _builder.AddPostgres("db").AddDatabase("shop");

        IResourceBuilder<IResourceWithConnectionString> withConnectionString = database;
        IResourceBuilder<IResource> any = database;

        Assert.Same(withConnectionString.Resource, any.Resource);
    }

    [Fact]
    public async Task An_expression_keeps_braces_and_fills_its_holes_when_asked()
    {
        var ledger = _builder.AddConnectionString("ledger");

        var expression = ReferenceExpression.Create($"{{{"literal"}}} {ledger.Resource};{ledger.Resource:uri}");

        Assert.Equal("{literal} Host=elsewhere;Host%3Delsewhere", await expression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("{literal} {ledger.value};{ledger.value}", expression.ValueExpression);
    }

    [Fact]
    public void Who_waits_for_a_database_waits_for_its_server_too()
    {
        var server = _builder.AddPostgres("db");
        var database = server.AddDatabase("shop");

        var waiter = _builder.AddExecutable("tool", "true", ".").WaitFor(database);

        Assert.Equal([server.Resource, database.Resource], waiter.Resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource));
    }

    [Fact]
    public void A_generated_value_is_long_and_says_nothing_twice()
    {
        var generator = new GenerateParameterDefault { MinLength = 40, Special = false };

        var (one, other) = (generator.GetDefaultValue(), generator.GetDefaultValue());

        Assert.Matches("^[A-Za-z0-9]{40}$", one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Replicas_cannot_be_fewer_than_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _builder.CreateResourceBuilder(new ProjectResource("api")).WithReplicas(0));

    [Fact]
    public void Publishing_is_refused_with_the_way_to_do_it()
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder(["--operation", "publish"]));

        Assert.Contains("-p:UseAspirePackages=true", refused.Message, StringComparison.Ordinal);
    }
}
