using Spectre.Console;

namespace HotDash.Cli;

/// <summary>What a command uses of the outside: its output, the api, the time, the folder that it is called in.</summary>
internal sealed class CliContext(
    TextWriter output, TextWriter error, Func<string, string?> environment, HttpMessageHandler wire, TimeProvider clock, string folder)
{
    private const int WidthOfFiles = 200;

    public TextWriter Out => output;

    public TextWriter Error => error;

    public TimeProvider Clock => clock;

    public string Folder => folder;

    public ApiClient Api => field ??= ApiClient.Create(environment, wire);

    public IAnsiConsole Console => field ??= CreateConsole();

    public static CliContext OfThisProcess() => new(
        System.Console.Out,
        System.Console.Error,
        Environment.GetEnvironmentVariable,
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false },
        TimeProvider.System,
        Environment.CurrentDirectory);

    private IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != System.Console.Out || System.Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles; // a file has no edge to wrap at

        return console;
    }
}
