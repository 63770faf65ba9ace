using System.Text;
using HotDash.Integrations.Publer;
using HotDash.TestKit.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Publer;

public sealed class PublerContractTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_and_every_answer_of_the_sandbox_is_as_publer_describes_them()
    {
        var file = OfficialContracts.Find("publer/publer-v1.openapi.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        using var watched = new ContractHandler(OpenApiContract.Load(file), "/publer/api/v1", new SocketsHttpHandler());
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await sandbox.SettingsAsync(new { publer = new { replyShape = "wrapped" } }); // Publer's pages show it flat; the description does not
        await using var clients = sandbox.Clients(wires: [("publer", watched)]);

        await WalkAsync(clients.GetRequiredService<PublerClient>(), sandbox.Clock.GetUtcNow());

        Assert.Equal(9, watched.Exchanges);
        Assert.Empty(watched.Problems);
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Media_are_uploaded_and_fetched()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients();
        var publer = clients.GetRequiredService<PublerClient>();

        var media = await publer.UploadMediaAsync("mug.png", Encoding.ASCII.GetBytes("a picture"), Cancellation);
        var job = await publer.FetchMediaAsync("bowl.png", new("https://shop.example/bowl.png"), Cancellation);

        Assert.Equal(("mug.png", "photo"), (media.Name, media.Type));
        Assert.Equal(PublerJobState.Working, (await publer.GetJobAsync(job, Cancellation)).State);
    }

    [Fact]
    public async Task The_configured_workspace_is_among_those_of_the_key()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var clients = sandbox.Clients();

        var workspaces = await clients.GetRequiredService<PublerClient>().ListWorkspacesAsync(Cancellation);

        Assert.Equal("ws-sandbox", Assert.Single(workspaces).Id);
    }

    /// <summary>Every call of the client.</summary>
    private static async Task WalkAsync(PublerClient publer, DateTimeOffset now)
    {
        await publer.AuthenticateAsync(Cancellation);
        await publer.ListWorkspacesAsync(Cancellation);
        var accounts = await publer.ListAccountsAsync(Cancellation);
        await publer.UploadMediaAsync("mug.png", Encoding.ASCII.GetBytes("a picture"), Cancellation);
        await publer.FetchMediaAsync("bowl.png", new("https://shop.example/bowl.png"), Cancellation);
        var job = await publer.SubmitAsync([new("Now", [accounts[0]], null)], Cancellation);
        await publer.SubmitAsync([new("Later", [accounts[0], accounts[2]], now.AddHours(1))], Cancellation);
        await publer.GetJobAsync(job, Cancellation);
        await foreach (var _ in publer.ListPostsAsync(now.AddDays(-1), now.AddDays(1), Cancellation))
        {
        }
    }
}
