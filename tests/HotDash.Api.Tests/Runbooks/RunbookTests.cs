using System.Net.Http.Headers;
using HotDash.Cli;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Runbooks;

public sealed class RunbookTests(PostgresFixture postgres) : ApiTest(postgres)
{
    /// <summary>In the order in which an integration lives through them; each begins where the one before ended.</summary>
    private static readonly string[] InOrder = ["activation", "provider-incident", "rotating-secrets", "rollback"];

    [Fact]
    public async Task Every_command_of_the_runbooks_does_what_they_say()
    {
        using var folder = TestFolder.Create();
        await using var sandbox = await RunningSandbox.StartAsync(folder);
        var api = await StartAsync(sandbox, sandbox.AsProviders);

        List<string> broken = [];
        foreach (var name in InOrder)
        {
            foreach (var step in Runbook.Read(Path.Combine(Folder, $"{name}.md")))
            {
                if (await MissAsync(step, sandbox, api, folder) is { } miss)
                    broken.Add($"{name}.md: $ {step.Command}\n{miss}");
            }
        }

        Assert.True(broken is [], string.Join("\n\n", broken));
    }

    private static string Folder => Path.Combine(Repository(), "docs", "runbooks");

    private int _exitCode;

    /// <returns>What was printed, when it is not what was promised.</returns>
    private async Task<string?> MissAsync(RunbookStep step, RunningSandbox sandbox, ApiUnderTest api, TestFolder folder)
    {
        var printed = step switch
        {
            { Outside: "mend" } => await DoneAsync(sandbox.MendAsync()),
            { Outside: { } outside } => await DoneAsync(sandbox.BreakAsync(outside.Split(' ')[1])),
            { Command: "echo $?" } => [$"{_exitCode}"],
            _ => await RunAsync(step.Command!, api, folder),
        };

        return Runbook.Keeps(Runbook.Masked(step.Promised), Runbook.Masked(printed)) ? null : string.Join('\n', printed);
    }

    private async Task<string[]> RunAsync(string command, ApiUnderTest api, TestFolder folder)
    {
        var words = Runbook.Words(command);
        Assert.Equal("hotdash", words[0]);

        using var output = new StringWriter();
        using var wire = new SocketsHttpHandler();
        var key = AuthenticationHeaderValue.Parse($"{api.Http.DefaultRequestHeaders.Authorization}").Parameter;
        var context = new CliContext(output, output, name => name is "HOTDASH_KEY" ? key : $"{api.Http.BaseAddress}", wire, new PatientClock(), folder.Path);
        _exitCode = await CliHost.RunAsync(words[1..], context);

        return $"{output}".Split('\n', StringSplitOptions.TrimEntries);
    }

    private static async Task<string[]> DoneAsync(Task work)
    {
        await work;
        return [];
    }

    /// <summary>A busy machine is no reason to give up.</summary>
    private sealed class PatientClock : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() / 10;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HotDash.sln")))
            folder = folder.Parent!;

        return folder.FullName;
    }
}
